package dev.conflict.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.Warmup;

/** One answer of 16 KiB through the filter alone; request and response allocate nothing, so {@code -prof gc} is exact. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class EntityTagFilterBenchmark {
    static final int BODY_BYTES = 16 * 1024;

    private static final int PIECE_BYTES = 1024;

    @Param({"none", "conflict", "spring"})
    public String filter;

    @Param({"once", "pieces", "writer"})
    public String output;

    private final StubRequest request = new StubRequest();
    private final StubResponse response = new StubResponse();
    private final String text = "x".repeat(BODY_BYTES);
    private final byte[] bytes = text.getBytes(US_ASCII);

    private Filter filtered;
    private FilterChain chain;

    @Setup
    public void start() throws ServletException {
        filtered = TagFilters.of(filter);
        if (filter.equals("conflict")) {
            filtered.init(TagFilters.config());
        }
        chain = switch (output) {
            case "once" -> (r, s) -> s.getOutputStream().write(bytes);
            case "pieces" ->
                (r, s) -> {
                    for (int i = 0; i < BODY_BYTES; i += PIECE_BYTES) {
                        s.getOutputStream().write(bytes, i, PIECE_BYTES);
                    }
                };
            case "writer" -> (r, s) -> s.getWriter().write(text);
            default -> throw new IllegalArgumentException(output);
        };
    }

    @Benchmark
    public String answer() throws ServletException, IOException {
        request.clear();
        response.clear();
        filtered.doFilter(request, response, chain);
        return response.tag();
    }
}
