package dev.conflict.containers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.concurrent.CompletableFuture;

/** A client that sends piece by piece, and reads in between what has come. */
final class Conversation implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 10_000;

    /** How long a server that has answered may keep the connection and say nothing. */
    private static final int SILENCE_MILLIS = 1_000;

    private final Socket socket;
    private final InputStream in;
    private CompletableFuture<Void> sending = CompletableFuture.completedFuture(null);

    Conversation(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    }

    /** Sends in a thread of its own, as a client does that listens meanwhile; a server may stop listening. */
    void sendAside(String text) {
        sending = CompletableFuture.runAsync(() -> {
            try {
                send(text);
            } catch (IOException refused) {
                // the answer tells why
            }
        });
    }

    /** Reads a line; waits for it. */
    String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                throw new IOException("The server has closed after \"" + line + "\"");
            }
            line.append((char) octet);
        }
        return line.toString().trim();
    }

    /** Reads what follows, until the server closes or falls silent. */
    String rest() throws IOException {
        StringBuilder rest = new StringBuilder();
        socket.setSoTimeout(SILENCE_MILLIS);
        try {
            for (int octet = in.read(); octet >= 0; octet = in.read()) {
                rest.append((char) octet);
            }
        } catch (SocketTimeoutException | SocketException over) {
            // it waits for the next request, or for content that nobody sends
        }
        return rest.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        sending.join();
    }
}
