package dev.conflict.servlet;

import dev.conflict.event.ConflictListener;
import dev.conflict.http.Preconditions;
import dev.conflict.problem.ProblemTranslator;

/**
 * What a filter was configured to do.
 *
 * @param translator answers what is thrown
 * @param rules the rules of resources that have their own
 * @param sources who tells validators early
 * @param strict whether a precondition that nobody evaluated is an error
 * @param tagOnPut whether the answer to a PUT carries a tag even if nobody said that the content was stored as sent
 */
record Edge(
        ProblemTranslator translator,
        UrlPatterns<Preconditions> rules,
        UrlPatterns<ValidatorSource> sources,
        boolean strict,
        boolean tagOnPut) {
    ConflictListener listener() {
        return translator.listener();
    }
}
