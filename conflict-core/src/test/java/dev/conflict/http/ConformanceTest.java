package dev.conflict.http;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.conflict.EntityTag;
import dev.conflict.conformance.ConformanceCase;
import dev.conflict.conformance.ConformanceSuite;
import dev.conflict.conformance.ConformanceSuite.Generated;
import dev.conflict.conformance.ConformanceSuite.Generator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
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
    /** Where it does what the RFC permits and the cases do not recommend: it compares moments, not the text of a date. */
    private static final Set<String> OTHERWISE = Set.of("if-range/date-other-day-name");

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    static Stream<ConformanceCase> cases() {
        return ConformanceSuite.cases();
    }

    static Stream<ConformanceCase> required() {
        return ConformanceSuite.cases(ConformanceSuite.REQUIRED).stream();
    }

    static Stream<Generator> generators() {
        return ConformanceSuite.generators().stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void outcomeIsAsExpected(ConformanceCase asked) {
        assertExpected(asked, Preconditions.optional());
    }

    @ParameterizedTest
    @MethodSource("required")
    void outcomeIsAsExpectedWherePreconditionsAreRequired(ConformanceCase asked) {
        assertExpected(asked, Preconditions.required());
    }

    @ParameterizedTest
    @MethodSource("generators")
    void outcomesOfAllCombinationsAreAsExpected(Generator generator) {
        List<String> others = new ArrayList<>();
        for (Generated request : generator.requests()) {
            ConformanceCase asked = request.asCase();
            String outcome = outcome(evaluate(asked, Preconditions.optional()));
            if (!asked.expects(outcome)) {
                others.add(asked.id() + ": " + outcome + " for " + asked.expect());
            }
        }

        assertThat(generator.requests()).hasSizeGreaterThan(100);
        assertThat(others).isEmpty();
    }

    private static void assertExpected(ConformanceCase asked, Preconditions rules) {
        Verdict verdict = evaluate(asked, rules);

        if (OTHERWISE.contains(asked.id())) {
            assertThat(asked.permits()).as(asked.id()).contains(outcome(verdict));
            return;
        }
        assertThat(outcome(verdict)).as(asked.id()).isEqualTo(asked.expect());
        if (asked.position() >= 0) {
            assertThat(((Verdict.Malformed) verdict).position()).as(asked.id()).isEqualTo(asked.position());
        }
    }

    private static Verdict evaluate(ConformanceCase asked, Preconditions rules) {
        return rules.clock(InstantSource.fixed(asked.now() != null ? asked.now() : NOW))
                .evaluate(
                        asked.method(), name -> Collections.enumeration(asked.values(name)), validators(asked.state()));
    }

    private static Validators validators(ConformanceCase.State state) {
        if (!state.exists()) {
            return Validators.absent();
        }
        Validators known = state.etag() == null ? Validators.untagged() : Validators.of(EntityTag.parse(state.etag()));
        if (state.lastModified() == null) {
            return known;
        }
        return state.lastModifiedIsStrong()
                ? known.strongLastModified(state.lastModified())
                : known.lastModified(state.lastModified());
    }

    private static String outcome(Verdict verdict) {
        if (verdict instanceof Verdict.Proceed proceed) {
            return proceed.ignoresRange() ? "proceed-ignoring-range" : "proceed";
        }
        if (verdict instanceof Verdict.Failed failed) {
            return "failed " + failed.header();
        }
        if (verdict instanceof Verdict.Malformed malformed) {
            return "malformed " + malformed.header();
        }
        if (verdict instanceof Verdict.Required) {
            return "required";
        }
        return verdict instanceof Verdict.NotModified ? "not-modified" : verdict.toString();
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
        assertThat(Stream.concat(
                        Stream.concat(cases(), required()),
                        ConformanceSuite.cases(ConformanceSuite.NORMAL_CHECKS).stream()))
                .extracting(ConformanceCase::id)
                .doesNotHaveDuplicates()
                .hasSizeGreaterThan(800);
    }
}
