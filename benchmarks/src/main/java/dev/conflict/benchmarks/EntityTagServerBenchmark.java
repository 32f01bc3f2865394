package dev.conflict.benchmarks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
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
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Answers of 16 KiB by Tomcat, over one connection that stays open; client and server share the JVM.
 *
 * <p>The client sends its requests {@value #PIPELINED} at a time and then reads all answers (RFC 9112 §9.3.2). If it sent
 * them one by one, the time would be that of two threads waking each other up, and differ by half from fork to fork.
 * {@code cpuMicros} is the CPU time of the process, in microseconds for each second; divide it by the exchanges.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class EntityTagServerBenchmark {
    private static final int PIPELINED = 64;

    private static final byte[] BODY =
            "x".repeat(EntityTagFilterBenchmark.BODY_BYTES).getBytes(ISO_8859_1);

    @Param({"conflict", "spring"})
    public String filter;

    @Param({"first", "returning"})
    public String reader;

    private final Tomcat tomcat = new Tomcat();
    private final byte[] buffer = new byte[64 * 1024];
    private Socket socket;
    private byte[] requests;
    private int answerBytes;

    /** What the process used. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Cpu {
        private static final com.sun.management.OperatingSystemMXBean SYSTEM =
                (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

        public long cpuMicros;

        private long begun;

        @Setup(Level.Iteration)
        public void begin() {
            begun = SYSTEM.getProcessCpuTime();
        }

        @TearDown(Level.Iteration)
        public void end() {
            cpuMicros = (SYSTEM.getProcessCpuTime() - begun) / 1000;
        }
    }

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
        String head = exchangeOne(request(""));
        int tag = head.indexOf("ETag: ");
        byte[] one = reader.equals("returning") && tag >= 0
                ? request("If-None-Match: " + head.substring(tag + 6, head.indexOf('\r', tag)) + "\r\n")
                : request("");
        exchangeOne(one);
        requests = new byte[one.length * PIPELINED];
        for (int i = 0; i < PIPELINED; i++) {
            System.arraycopy(one, 0, requests, i * one.length, one.length);
        }
    }

    private static byte[] request(String field) {
        return ("GET / HTTP/1.1\r\nHost: localhost\r\n" + field + "\r\n").getBytes(ISO_8859_1);
    }

    /** Leaves the length of the answer; returns its head. */
    private String exchangeOne(byte[] request) throws IOException {
        socket.getOutputStream().write(request);
        InputStream in = socket.getInputStream();
        String head = "";
        int read = 0;
        while (!head.contains("\r\n\r\n")) {
            read += in.read(buffer, read, buffer.length - read);
            head = new String(buffer, 0, read, ISO_8859_1);
        }
        int end = head.indexOf("\r\n\r\n") + 4;
        answerBytes = head.startsWith("HTTP/1.1 304") ? end : end + BODY.length;
        in.readNBytes(buffer, read, answerBytes - read);
        return head.substring(0, end);
    }

    @TearDown
    public void stop() throws IOException, LifecycleException {
        socket.close();
        tomcat.stop();
        tomcat.destroy();
    }

    /** Asks, and reads all that is answered. */
    @Benchmark
    @OperationsPerInvocation(PIPELINED)
    public int exchange(Cpu cpu) throws IOException {
        socket.getOutputStream().write(requests);
        InputStream in = socket.getInputStream();
        int left = answerBytes * PIPELINED;
        while (left > 0) {
            left -= in.read(buffer, 0, Math.min(left, buffer.length));
        }
        return left;
    }
}
