package dev.conflict.problem;

import dev.conflict.problem.Vocabulary.Members;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;

/**
 * What tells one occurrence from every other.
 *
 * @param instance its id, which the log carries too
 * @param time when it was
 */
record Moment(URI instance, Instant time) {
    static Moment at(Instant time) {
        return new Moment(URI.create("urn:uuid:" + UUID.randomUUID()), time);
    }

    /** Adds where and when, unless the problem says so itself. */
    void date(ProblemDetail.Builder problem, Occurrence occurrence) {
        if (!problem.has(Members.PATH)) {
            problem.member(Members.PATH, occurrence.path());
        }
        if (!problem.has(Members.TRACE_ID) && occurrence.traceId() != null) {
            problem.member(Members.TRACE_ID, occurrence.traceId());
        }
        if (!problem.has(Members.TIMESTAMP)) {
            problem.member(Members.TIMESTAMP, time.toString());
        }
    }
}
