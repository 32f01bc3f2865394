package dev.conflict.conformance;

import dev.conflict.EntityTag;
import dev.conflict.http.Preconditions;
import dev.conflict.http.Validators;
import dev.conflict.http.Verdict;
import java.time.Instant;
import java.time.InstantSource;

/** Asks our evaluator a case, in its words. */
public final class Evaluation {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private Evaluation() {}

    /**
     * Returns the rules under which a case is evaluated.
     *
     * @param asked the case
     * @return rules with its clock, which require preconditions if its file is about that
     */
    public static Preconditions rules(ConformanceCase asked) {
        Preconditions rules =
                asked.id().startsWith(ConformanceSuite.REQUIRED) ? Preconditions.required() : Preconditions.optional();
        return rules.clock(InstantSource.fixed(asked.now() != null ? asked.now() : NOW));
    }

    /**
     * Returns the validators of a state.
     *
     * @param state what the server knows of the selected representation
     * @return the same in our words
     */
    public static Validators validators(ConformanceCase.State state) {
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

    /**
     * Returns a verdict as the cases write it.
     *
     * @param verdict our verdict
     * @return the outcome
     */
    public static String outcome(Verdict verdict) {
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
}
