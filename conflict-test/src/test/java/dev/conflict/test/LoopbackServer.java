package dev.conflict.test;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * As much of HTTP/1.1 as a race needs, on a port of its own. The JDK's server is in a module that the module under test
 * does not read, and a test must not widen what its module requires.
 */
final class LoopbackServer implements AutoCloseable {

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Function<Request, Response> handler;

    LoopbackServer(Function<Request, Response> handler) throws IOException {
        this.handler = handler;
        workers.execute(this::accept);
    }

    /** A request; field names in any case. */
    record Request(String method, Map<String, String> fields, String body) {

        String field(String name) {
            return fields.getOrDefault(name, "none");
        }
    }

    record Response(int status, Map<String, String> fields, String body) {}

    URI uri(String path) {
        return URI.create(
                "http://" + listener.getInetAddress().getHostAddress() + ":" + listener.getLocalPort() + path);
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                sockets.add(socket);
                workers.execute(() -> serve(socket));
            }
        } catch (IOException closed) {
            // close() ends it.
            workers.shutdown();
        }
    }

    private void serve(Socket socket) {
        try (socket;
                InputStream in = new BufferedInputStream(socket.getInputStream())) {
            socket.setTcpNoDelay(true);
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                Map<String, String> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
                for (String field = line(in); !field.isEmpty(); field = line(in)) {
                    int colon = field.indexOf(':');
                    fields.put(
                            field.substring(0, colon),
                            field.substring(colon + 1).strip());
                }
                int length = Integer.parseInt(fields.getOrDefault("Content-Length", "0"));
                String method = line.substring(0, line.indexOf(' '));
                String body = new String(in.readNBytes(length), UTF_8);
                socket.getOutputStream().write(bytes(handler.apply(new Request(method, fields, body))));
            }
        } catch (IOException closed) {
            // The test is over; a client that goes away ends the loop.
            sockets.remove(socket);
        }
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.write(next);
        }
        return line.toString(ISO_8859_1).strip();
    }

    private static byte[] bytes(Response response) {
        byte[] body = response.body().getBytes(UTF_8);
        StringBuilder head = new StringBuilder("HTTP/1.1 " + response.status() + " \r\n");
        response.fields().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        head.append("Content-Length: " + body.length + "\r\n\r\n");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.toString().getBytes(ISO_8859_1));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
        workers.shutdown();
    }
}
