package dev.conflict.jaxrs;

import dev.conflict.event.ConflictListener;
import dev.conflict.problem.Occurrence.Caller;
import dev.conflict.problem.ProblemTranslator;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a feature was configured to do.
 *
 * @param translator answers what is thrown
 * @param rules the rules of resources that have their own
 * @param callers tells who asks
 * @param traces tells under which id a request is traced
 * @param errorCodeHeader the field for the code of a problem, null for none
 * @param options what it does beside
 */
record Edge(
        ProblemTranslator translator,
        PathRules rules,
        Function<? super ContainerRequestContext, Caller> callers,
        Function<? super ContainerRequestContext, Optional<String>> traces,
        @Nullable String errorCodeHeader,
        Set<Option> options) {
    ConflictListener listener() {
        return translator.listener();
    }

    boolean is(Option option) {
        return options.contains(option);
    }
}
