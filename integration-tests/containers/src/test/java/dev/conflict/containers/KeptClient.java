package dev.conflict.containers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.conflict.containers.RawClient.Recorder;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import org.jspecify.annotations.Nullable;

/** Sends requests as they are written, one after the other on one connection, until the server closes it. */
final class KeptClient implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 5_000;

    private final int port;
    private final ByteArrayOutputStream record = new ByteArrayOutputStream();
    private @Nullable Socket socket;
    private @Nullable Recorder in;

    KeptClient(int port) {
        this.port = port;
    }

    /** Sends a request, whose characters are octets, and reads its answer. */
    Reply exchange(String request) throws IOException {
        boolean reused = socket != null;
        String answer = attempt(request);
        if (answer.isEmpty() && reused) {
            answer = attempt(request); // the server had closed the connection after its last answer, without a word
        }
        return Reply.of(answer + "<end>");
    }

    private String attempt(String request) throws IOException {
        if (socket == null) {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.setTcpNoDelay(true);
            in = new Recorder(new BufferedInputStream(socket.getInputStream()), record);
        }
        record.reset();
        boolean open = false;
        try {
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            open = in.response(request.startsWith("HEAD "));
        } catch (SocketException reset) {
            // as if it had ended
        }
        if (!open) {
            close();
        }
        return record.toString(ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }
}
