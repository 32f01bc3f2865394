package dev.conflict.servlet;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Answers a conflict where no exception reaches {@link ConflictFilter}: in a thread of the application's own.
 *
 * <pre>{@code
 * AsyncContext async = request.startAsync();
 * executor.execute(() -> {
 *     try {
 *         save(async);
 *     } catch (RuntimeException thrown) {
 *         if (!ConflictResponses.send(async.getRequest(), async.getResponse(), thrown)) {
 *             sendPlainError(async, thrown);
 *         }
 *     } finally {
 *         async.complete();
 *     }
 * });
 * }</pre>
 *
 * <p>An {@code AsyncListener} may call it in {@code onError} as well. Whoever calls it must be the only one who uses the
 * response at that time, and completes the asynchronous cycle himself.
 */
public final class ConflictResponses {
    private ConflictResponses() {}

    /**
     * Returns whether there is a filter whose answers {@link #send} could give.
     *
     * @param request the request, or a wrapper of it
     * @return true if the request has passed a {@link ConflictFilter}
     */
    public static boolean canSend(ServletRequest request) {
        return Exchange.of(request).edge() != null;
    }

    /**
     * Answers an exception as the filter would that the request has passed, and closes the response: what was written so
     * far is dropped, if it has not left yet, and nothing can be added.
     *
     * @param request the request
     * @param response the response
     * @param thrown what was thrown
     * @return true if the exception, or one of its causes, is known and was answered; false if nothing was sent, because
     *     nobody knows it, because the response is committed, or because the answer could not be written
     * @throws IllegalStateException if the request has passed no filter
     * @throws IllegalArgumentException if request or response is not of HTTP
     */
    public static boolean send(ServletRequest request, ServletResponse response, Throwable thrown) {
        if (!(request instanceof HttpServletRequest http) || !(response instanceof HttpServletResponse answer)) {
            throw new IllegalArgumentException("Only HTTP requests can be answered, not " + request.getProtocol());
        }
        Exchange exchange = Exchange.of(request);
        Edge edge = exchange.edge();
        if (edge == null) {
            throw new IllegalStateException(
                    "The request has not passed a ConflictFilter, whose readers are needed here; "
                            + "register one with ConflictFilter.register(servletContext, \"/*\")",
                    thrown);
        }
        return Refusal.answerAndClose(edge, exchange, http, answer, thrown);
    }
}
