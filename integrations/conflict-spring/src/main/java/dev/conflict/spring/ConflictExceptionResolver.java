package dev.conflict.spring;

import dev.conflict.ConflictException;
import dev.conflict.ConflictReaders;
import dev.conflict.problem.ProblemException;
import dev.conflict.servlet.ConflictResponses;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.web.ErrorResponse;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * Answers the conflicts that handlers throw before anything else in the application can: an {@code @ExceptionHandler} for
 * {@code Exception}, a {@code ResponseEntityExceptionHandler} and an {@code @ResponseStatus} are not asked about them.
 *
 * <p>What is a conflict, the {@link dev.conflict.servlet.ConflictFilter} decides that the request has passed: whatever it
 * would answer is answered here, in the same words. Left to the application are
 *
 * <ul>
 *   <li>Spring's own {@link ErrorResponse} exceptions, also if a conflict is their cause: the application has decided then
 *   <li>what no reader knows
 *   <li>requests that pass no filter, error pages, and committed responses
 * </ul>
 *
 * <p>As a bean it stands before every resolver that is not {@link PriorityOrdered} itself. An application whose own handlers
 * are to go first leaves it out: the filter answers what they leave. Instances are immutable and safe for use by many threads.
 */
public final class ConflictExceptionResolver implements HandlerExceptionResolver, PriorityOrdered {
    /** Creates a resolver. */
    public ConflictExceptionResolver() {}

    /** Returns the highest precedence. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    /**
     * Answers an exception, if it is a conflict.
     *
     * @param request the request
     * @param response the response
     * @param handler the handler that failed, null if none was found
     * @param thrown what was thrown
     * @return an empty view if the answer was sent, null if others are to be asked
     */
    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception thrown) {
        return isDecided(thrown) ? null : send(request, response, thrown);
    }

    /** Whether the application made an answer of Spring's out of what happened. */
    private static boolean isDecided(Throwable thrown) {
        for (Throwable link : ConflictReaders.chain(thrown)) {
            if (link instanceof ConflictException || link instanceof ProblemException) {
                return false;
            }
            if (link instanceof ErrorResponse) {
                return true;
            }
        }
        return false;
    }

    /** Sends the answer to an exception, if it has one and the request has passed a filter; null if nothing was sent. */
    static @Nullable ModelAndView send(HttpServletRequest request, HttpServletResponse response, Exception thrown) {
        if (request.getDispatcherType() == DispatcherType.ERROR) {
            return null; // the filter leaves error pages alone, and what they throw
        }
        return ConflictResponses.canSend(request) && ConflictResponses.send(request, response, thrown)
                ? new ModelAndView()
                : null;
    }
}
