package dev.conflict.peers;

import dev.conflict.conformance.ConformanceCase;
import java.util.Optional;

/** Another library's evaluator of preconditions. */
interface Peer {
    /** The name of its file in {@code known-failures}. */
    String name();

    /** Which version of it is on the class path. */
    String version();

    /** Why a case cannot be asked; empty if it can. */
    Optional<String> notApplicable(ConformanceCase asked);

    /** What it does: an outcome as the cases write it, or {@code throws} and the exception's class. */
    String outcome(ConformanceCase asked) throws Exception;

    /** Whether the last step, If-Range, matters in a case. */
    static boolean isAboutRanges(ConformanceCase asked) {
        return asked.method().equals("GET")
                && !asked.values("Range").isEmpty()
                && !asked.values("If-Range").isEmpty();
    }
}
