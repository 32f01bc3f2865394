package dev.conflict.http;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.conflict.conformance.ConformanceCase;
import dev.conflict.conformance.ConformanceSuite;
import dev.conflict.conformance.ConformanceSuite.Generated;
import dev.conflict.conformance.ConformanceSuite.Generator;
import dev.conflict.conformance.Evaluation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The evaluator passes the conformance cases, and does what they recommend where the RFC leaves a choice. */
class ConformanceTest {
    static Stream<ConformanceCase> cases() {
        return Stream.concat(ConformanceSuite.cases(), ConformanceSuite.cases(ConformanceSuite.REQUIRED).stream());
    }

    static Stream<Generator> generators() {
        return ConformanceSuite.generators().stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void outcomeIsAsExpected(ConformanceCase asked) {
        Verdict verdict = evaluate(asked);

        assertThat(Evaluation.outcome(verdict)).as(asked.id()).isEqualTo(asked.expect());
        if (asked.position() >= 0) {
            assertThat(((Verdict.Malformed) verdict).position()).as(asked.id()).isEqualTo(asked.position());
        }
    }

    @ParameterizedTest
    @MethodSource("generators")
    void outcomesOfAllCombinationsAreAsExpected(Generator generator) {
        List<String> others = new ArrayList<>();
        for (Generated request : generator.requests()) {
            ConformanceCase asked = request.asCase();
            String outcome = Evaluation.outcome(evaluate(asked));
            if (!asked.expects(outcome)) {
                others.add(asked.id() + ": " + outcome + " for " + asked.expect());
            }
        }

        assertThat(generator.requests()).hasSizeGreaterThan(100);
        assertThat(others).isEmpty();
    }

    private static Verdict evaluate(ConformanceCase asked) {
        return Evaluation.rules(asked)
                .evaluate(
                        asked.method(),
                        name -> Collections.enumeration(asked.values(name)),
                        Evaluation.validators(asked.state()));
    }

    @Test
    void everyFileIsRun() throws IOException {
        Set<String> files = new HashSet<>(ConformanceSuite.THEMES);
        files.add(ConformanceSuite.GENERATED);
        files.add(ConformanceSuite.REQUIRED);
        files.add(ConformanceSuite.NORMAL_CHECKS);

        try (Stream<Path> folder = Files.list(Path.of("../conformance/cases"))) {
            assertThat(folder.map(file -> file.getFileName().toString().replace(".json", ""))
                            .collect(toSet()))
                    .isEqualTo(files);
        }
    }

    @Test
    void namesAreUnique() {
        assertThat(Stream.concat(cases(), ConformanceSuite.cases(ConformanceSuite.NORMAL_CHECKS).stream()))
                .extracting(ConformanceCase::id)
                .doesNotHaveDuplicates()
                .hasSizeGreaterThan(800);
    }
}
