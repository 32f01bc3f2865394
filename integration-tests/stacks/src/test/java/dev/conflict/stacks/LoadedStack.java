package dev.conflict.stacks;

import dev.conflict.containers.RawClient;
import dev.conflict.containers.Reply;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A stack in a class loader of its own, with a server for each set of options that is asked for. */
final class LoadedStack implements AutoCloseable {
    /** What every stack has; jars of dev.conflict are folders in a build that makes no jars. */
    private static final List<String> OURS = List.of(
            "/conflict-core/",
            "/conflict-servlet/",
            "/conflict-jdbc/",
            "/conflict-spring/",
            "/integration-tests/",
            "/dev/conflict/",
            "/com/fasterxml/",
            "/org/jspecify/",
            "/org/slf4j/");

    /** The server that others are compared with. */
    static final List<String> WITHOUT_FILTER = List.of("none");

    /**
     * What was exchanged.
     *
     * @param reply what a client understands of it
     * @param record all that came
     */
    record Exchange(Reply reply, String record) {}

    private final Stack stack;
    private final URLClassLoader loader;
    private final Map<List<String>, AutoCloseable> servers = new HashMap<>();

    LoadedStack(Stack stack) {
        this.stack = stack;
        URL[] jars = Stream.of(
                        Line.EE10.jarsOf(OURS),
                        stack.container().jars(),
                        stack.framework().jars())
                .flatMap(List::stream)
                .map(LoadedStack::url)
                .toArray(URL[]::new);
        loader = new URLClassLoader(stack.toString(), jars, ClassLoader.getPlatformClassLoader());
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Why the framework does not serve the simplest request here, empty if it does. */
    String failure() throws Exception {
        try {
            Reply reply = exchange("GET", "/app/NONE", "", WITHOUT_FILTER).reply();
            return reply.status() == 200 && reply.body().equals("ok")
                    ? ""
                    : reply.status() + " " + ((Supplier<?>) server(WITHOUT_FILTER)).get();
        } catch (LinkageError | Exception broken) {
            return innermost(broken).toString();
        }
    }

    private static Throwable innermost(Throwable thrown) {
        return thrown.getCause() == null ? thrown : innermost(thrown.getCause());
    }

    Exchange exchange(String method, String path, String header, List<String> options) throws Exception {
        String length = method.equals("PUT") ? "Content-Length: 0\r\n" : "";
        String record = RawClient.exchange(
                ((IntSupplier) server(options)).getAsInt(),
                method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n" + length + header + "\r\n",
                "GET /ping HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        return new Exchange(reply(record), record);
    }

    /** What came; where the server fell silent or hung up without an answer, it is all in the rest. */
    private static Reply reply(String record) {
        return record.contains("\r\n\r\n") && (record.contains("<next>") || record.endsWith("<end>"))
                ? Reply.of(record)
                : new Reply(0, List.of(), "", record);
    }

    private AutoCloseable server(List<String> options) throws Exception {
        AutoCloseable running = servers.get(options);
        if (running == null) {
            running = start(options);
            servers.put(options, running);
        }
        return running;
    }

    private AutoCloseable start(List<String> options) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return (AutoCloseable) loader.loadClass("dev.conflict.stacks.app.Launch")
                    .getMethod("start", String.class, String.class, List.class)
                    .invoke(null, stack.container().name(), stack.framework().name(), options);
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw thrown;
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Override
    public void close() throws IOException {
        for (AutoCloseable server : servers.values()) {
            try {
                server.close();
            } catch (Exception broken) {
                throw new IllegalStateException(broken);
            }
        }
        loader.close();
    }
}
