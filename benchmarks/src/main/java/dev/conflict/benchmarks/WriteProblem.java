package dev.conflict.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.conflict.problem.ProblemDetail;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.http.converter.json.ProblemDetailJacksonMixin;
import org.zalando.problem.Problem;
import org.zalando.problem.Status;
import org.zalando.problem.jackson.ProblemModule;

/**
 * Builds a 409 with the five standard members and five of its own, and writes it to bytes: here, with Spring's class and either
 * Jackson, and with zalando's.
 *
 * <p>Each is used as its users do, with a mapper that was made before and a writer for the type. All write the same members,
 * which is checked before the first measurement.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 10, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 40, time = 250, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class WriteProblem {
    private static final URI TYPE = URI.create("urn:problem-type:conflict:version-mismatch");
    private static final String TITLE = "The resource was changed";
    private static final String DETAIL =
            "Somebody changed this resource after you read it. Nothing of your request was applied.";
    private static final URI INSTANCE = URI.create("urn:uuid:1f99dde2-89ab-469a-a89a-b21317e07f39");
    private static final String CODE = "VERSION_MISMATCH";
    private static final String PATH = "/documents/1";
    private static final String TIMESTAMP = "2026-11-23T06:20:48.730916Z";
    private static final int REQUESTED = 7;
    private static final int CURRENT = 8;

    private final com.fasterxml.jackson.databind.ObjectWriter springJackson2 = JsonMapper.builder()
            .addMixIn(org.springframework.http.ProblemDetail.class, ProblemDetailJacksonMixin.class)
            .build()
            .writerFor(org.springframework.http.ProblemDetail.class);
    private final tools.jackson.databind.ObjectWriter springJackson3 = tools.jackson.databind.json.JsonMapper.builder()
            .addMixIn(org.springframework.http.ProblemDetail.class, ProblemDetailJacksonMixin.class)
            .build()
            .writerFor(org.springframework.http.ProblemDetail.class);
    private final com.fasterxml.jackson.databind.ObjectWriter zalandoJackson2 =
            JsonMapper.builder().addModule(new ProblemModule()).build().writerFor(Problem.class);

    /** Ends the run if not all write the same. */
    @Setup
    public void compare() throws IOException {
        ObjectMapper reader = new ObjectMapper();
        var ours = reader.readTree(conflict());
        if (ours.size() != 10) {
            throw new IllegalStateException("Ten members are expected: " + ours);
        }
        for (byte[] other : new byte[][] {springJackson2(), springJackson3(), zalando()}) {
            if (!reader.readTree(other).equals(ours)) {
                throw new IllegalStateException("Not what we write: " + reader.readTree(other) + "\n" + ours);
            }
        }
    }

    @Benchmark
    public byte[] conflict() {
        return ProblemDetail.builder(409)
                .type(TYPE)
                .title(TITLE)
                .detail(DETAIL)
                .instance(INSTANCE)
                .extension("code", CODE)
                .extension("requestedVersion", REQUESTED)
                .extension("currentVersion", CURRENT)
                .extension("path", PATH)
                .extension("timestamp", TIMESTAMP)
                .build()
                .toJson();
    }

    private static org.springframework.http.ProblemDetail spring() {
        org.springframework.http.ProblemDetail problem = org.springframework.http.ProblemDetail.forStatus(409);
        problem.setType(TYPE);
        problem.setTitle(TITLE);
        problem.setDetail(DETAIL);
        problem.setInstance(INSTANCE);
        problem.setProperty("code", CODE);
        problem.setProperty("requestedVersion", REQUESTED);
        problem.setProperty("currentVersion", CURRENT);
        problem.setProperty("path", PATH);
        problem.setProperty("timestamp", TIMESTAMP);
        return problem;
    }

    @Benchmark
    public byte[] springJackson2() throws IOException {
        return springJackson2.writeValueAsBytes(spring());
    }

    @Benchmark
    public byte[] springJackson3() {
        return springJackson3.writeValueAsBytes(spring());
    }

    @Benchmark
    public byte[] zalando() throws IOException {
        return zalandoJackson2.writeValueAsBytes(Problem.builder()
                .withStatus(Status.CONFLICT)
                .withType(TYPE)
                .withTitle(TITLE)
                .withDetail(DETAIL)
                .withInstance(INSTANCE)
                .with("code", CODE)
                .with("requestedVersion", REQUESTED)
                .with("currentVersion", CURRENT)
                .with("path", PATH)
                .with("timestamp", TIMESTAMP)
                .build());
    }
}
