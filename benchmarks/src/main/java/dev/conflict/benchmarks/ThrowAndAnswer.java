package dev.conflict.benchmarks;

import dev.conflict.ConflictException;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.http.FieldLines;
import dev.conflict.http.Preconditions;
import dev.conflict.problem.Occurrence;
import dev.conflict.problem.ProblemTranslator;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * From the throw in a service to the bytes of the answer, as an edge does it, with few and with many frames in between; the
 * same with a stack trace, which an application has to ask for, shows what that would cost.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 10, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 20, time = 250, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class ThrowAndAnswer {
    private static final FieldLines NO_FIELDS = name -> null;

    @Param({"0", "60"})
    public int frames;

    private final ProblemTranslator edge = ProblemTranslator.builder().build(ThrowAndAnswer.class.getClassLoader());
    private final Occurrence occurrence = Occurrence.of("POST", "/orders/1/cancel");

    private static ConflictException.State refusal() {
        return ConflictException.state("ORDER_ALREADY_SHIPPED")
                .current("SHIPPED")
                .action("cancel");
    }

    private static void cancel(int frames, boolean traced) {
        if (frames > 0) {
            cancel(frames - 1, traced);
        }
        throw traced ? refusal().withStackTrace() : refusal();
    }

    private byte[] answer(boolean traced) {
        try {
            cancel(frames, traced);
            return new byte[0];
        } catch (ConflictException thrown) {
            return edge.translate(
                            thrown, ConditionalRequest.of("POST", NO_FIELDS, Preconditions.optional()), occurrence)
                    .orElseThrow()
                    .body();
        }
    }

    @Benchmark
    public byte[] conflict() {
        return answer(false);
    }

    @Benchmark
    public byte[] withStackTrace() {
        return answer(true);
    }

    /** What is thrown, alone. */
    @Benchmark
    public int thrown() {
        try {
            cancel(frames, false);
            return 0;
        } catch (ConflictException thrown) {
            return thrown.getStackTrace().length;
        }
    }
}
