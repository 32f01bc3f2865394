package dev.conflict.containers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Locale;

/** Sends one request, then a second on the same connection, and records every byte that comes back, and how it ends. */
public final class RawClient {
    /** Stands in a record where the server fell silent. */
    static final String NOTHING = "<nothing more comes>";

    private static final int TIMEOUT_MILLIS = 5_000;

    private RawClient() {}

    /**
     * Exchanges two requests.
     *
     * @param port where the server listens
     * @param first the first request
     * @param second the second; sent only if the first answer leaves the connection open
     * @return all bytes, as characters of ISO 8859-1, and a last line that says how the connection ended
     */
    public static String exchange(int port, String first, String second) {
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        String end;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.setTcpNoDelay(true);
            end = exchange(socket, first, second, record);
        } catch (SocketTimeoutException silent) {
            end = NOTHING;
        } catch (SocketException reset) {
            end = "<end>"; // whether the last is a FIN or a RST depends on what is on its way at that moment
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return record.toString(ISO_8859_1) + end;
    }

    private static String exchange(Socket socket, String first, String second, ByteArrayOutputStream record)
            throws IOException {
        socket.getOutputStream().write(first.getBytes(ISO_8859_1));
        Recorder in = new Recorder(new BufferedInputStream(socket.getInputStream()), record);
        if (!in.response(first.startsWith("HEAD "))) {
            return "<end>";
        }
        record.writeBytes("<next>".getBytes(ISO_8859_1));
        socket.getOutputStream().write(second.getBytes(ISO_8859_1));
        while (in.read() >= 0) {
            // until the server closes
        }
        return "<end>";
    }

    /** Reads responses, and records every byte of them. */
    static final class Recorder {
        private final InputStream in;
        private final ByteArrayOutputStream record;

        Recorder(InputStream in, ByteArrayOutputStream record) {
            this.in = in;
            this.record = record;
        }

        int read() throws IOException {
            int octet = in.read();
            if (octet >= 0) {
                record.write(octet);
            }
            return octet;
        }

        private String line() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int octet = read(); octet != '\n'; octet = read()) {
                if (octet < 0) {
                    return "";
                }
                line.append((char) octet);
            }
            return line.toString().trim();
        }

        private boolean skip(long bytes) throws IOException {
            for (long i = 0; i < bytes; i++) {
                if (read() < 0) {
                    return false;
                }
            }
            return true;
        }

        /** Reads one response; false if the connection ends with it. */
        boolean response(boolean head) throws IOException {
            String status = line();
            if (status.isEmpty()) {
                return false;
            }
            long length = -1;
            boolean chunked = false;
            boolean close = false;
            for (String field = line(); !field.isEmpty(); field = line()) {
                String lower = field.toLowerCase(Locale.ROOT);
                if (lower.startsWith("content-length:")) {
                    length = Long.parseLong(lower.substring(15).trim());
                }
                chunked |= lower.startsWith("transfer-encoding:") && lower.contains("chunked");
                close |= lower.startsWith("connection:") && lower.contains("close");
            }
            int code = Integer.parseInt(status.split(" ", 3)[1]);
            if (code < 200) {
                return response(head);
            }
            boolean whole = head || code == 204 || code == 304 || body(length, chunked);
            if (whole && close) {
                while (read() >= 0) {
                    // until the server closes
                }
            }
            return whole && !close;
        }

        private boolean body(long length, boolean chunked) throws IOException {
            if (!chunked) {
                return skip(length >= 0 ? length : Long.MAX_VALUE);
            }
            while (true) {
                String size = line();
                if (size.isEmpty()) {
                    return false;
                }
                long bytes = Long.parseLong(size.split(";", 2)[0], 16);
                if (bytes == 0) {
                    for (String trailer = line(); !trailer.isEmpty(); trailer = line()) {
                        // recorded
                    }
                    return true;
                }
                if (!skip(bytes) || !skip(2)) {
                    return false;
                }
            }
        }
    }
}
