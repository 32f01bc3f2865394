package dev.conflict.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** A wire to a PostgreSQL that is cut while a commit is on its way. */
final class Wire implements AutoCloseable {
    /** Where a commit gets to. */
    enum Cut {
        /** It is answered. */
        NOWHERE,
        /** It does not arrive. */
        BEFORE_THE_SERVER,
        /** It is carried out, and its answer does not arrive. */
        BEFORE_THE_CLIENT
    }

    private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int server;
    private final Supplier<Cut> cuts;

    /** Opens a wire to a port of this machine; the supplier is asked for each commit. */
    Wire(int server, Supplier<Cut> cuts) throws IOException {
        this.server = server;
        this.cuts = cuts;
        daemon(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        door.close();
    }

    private static void daemon(Runnable what) {
        Thread thread = new Thread(what, "wire");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                Line line = new Line(client, new Socket(InetAddress.getLoopbackAddress(), server));
                daemon(line::up);
                daemon(line::down);
            } catch (IOException closed) {
                // the client finds out
            }
        }
    }

    /** One connection. */
    private final class Line {
        private final Socket client;
        private final Socket backend;
        private volatile boolean mute;

        Line(Socket client, Socket backend) throws IOException {
            this.client = client;
            this.backend = backend;
            client.setTcpNoDelay(true);
            backend.setTcpNoDelay(true);
        }

        void up() {
            carry(client, backend, true);
        }

        void down() {
            carry(backend, client, false);
        }

        private void carry(Socket from, Socket to, boolean up) {
            byte[] buffer = new byte[64 * 1024];
            try (from;
                    to) {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    Cut cut = up && isCommit(buffer, read) ? cuts.get() : Cut.NOWHERE;
                    mute |= cut == Cut.BEFORE_THE_CLIENT;
                    if (cut == Cut.BEFORE_THE_SERVER || (!up && mute)) {
                        return;
                    }
                    out.write(buffer, 0, read);
                }
            } catch (IOException cutOff) {
                // both ends are closed
            }
        }

        private static boolean isCommit(byte[] buffer, int length) {
            return new String(buffer, 0, length, StandardCharsets.ISO_8859_1).contains("COMMIT");
        }
    }
}
