package dev.conflict.benchmarks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One answer of 16 KiB by Tomcat, over one connection that stays open; client and server share the JVM. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class EntityTagServerBenchmark {
    private static final byte[] BODY =
            "x".repeat(EntityTagFilterBenchmark.BODY_BYTES).getBytes(ISO_8859_1);

    @Param({"none", "conflict", "spring"})
    public String filter;

    @Param({"first", "returning"})
    public String reader;

    private final Tomcat tomcat = new Tomcat();
    private final byte[] buffer = new byte[64 * 1024];
    private Socket socket;
    private byte[] request;

    /** The application. */
    private static final class Body extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("application/octet-stream");
            response.getOutputStream().write(BODY);
        }
    }

    @Setup
    public void start() throws IOException, LifecycleException {
        Path base = Files.createTempDirectory("benchmark");
        tomcat.setBaseDir(base.toString());
        tomcat.setPort(0);
        tomcat.setSilent(true);
        tomcat.getConnector().setProperty("maxKeepAliveRequests", "-1");
        Context context = tomcat.addContext("", base.toString());
        context.addServletContainerInitializer(
                (classes, application) -> {
                    application
                            .addFilter("tag", TagFilters.of(filter))
                            .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
                    application.addServlet("body", new Body()).addMapping("/");
                },
                Set.of());
        tomcat.start();
        socket = new Socket(
                InetAddress.getLoopbackAddress(), tomcat.getConnector().getLocalPort());
        socket.setTcpNoDelay(true);
        request = request("");
        String head = new String(buffer, 0, exchange(), ISO_8859_1);
        int tag = head.indexOf("ETag: ");
        if (reader.equals("returning") && tag >= 0) {
            request = request("If-None-Match: " + head.substring(tag + 6, head.indexOf('\r', tag)) + "\r\n");
        }
    }

    private static byte[] request(String field) {
        return ("GET / HTTP/1.1\r\nHost: localhost\r\n" + field + "\r\n").getBytes(ISO_8859_1);
    }

    @TearDown
    public void stop() throws IOException, LifecycleException {
        socket.close();
        tomcat.stop();
        tomcat.destroy();
    }

    /** Asks once, and reads the whole answer. */
    @Benchmark
    public int exchange() throws IOException {
        socket.getOutputStream().write(request);
        InputStream in = socket.getInputStream();
        int end = 0;
        int read = 0;
        while (end == 0) {
            read += in.read(buffer, read, buffer.length - read);
            end = endOfHeader(read);
        }
        int whole = buffer[9] == '3' ? end : end + BODY.length;
        while (read < whole) {
            read += in.read(buffer, read, buffer.length - read);
        }
        return read;
    }

    private int endOfHeader(int read) {
        for (int i = 3; i < read; i++) {
            if (buffer[i] == '\n' && buffer[i - 1] == '\r' && buffer[i - 2] == '\n') {
                return i + 1;
            }
        }
        return 0;
    }
}
