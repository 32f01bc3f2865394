package dev.conflict.servlet;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Answers an exception that was thrown after {@code startAsync()}.
 *
 * <p>The response is then no longer the filter's thread's alone, so the exception goes on, and the container says when its
 * error may be answered: it calls the listeners of the asynchronous cycle just where it would write its own page.
 * The answer leaves before the cycle is completed, as that page does.
 */
final class AnswerOnError implements AsyncListener {
    private final Edge edge;
    private final Exchange exchange;
    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final Throwable thrown;

    AnswerOnError(
            Edge edge, Exchange exchange, HttpServletRequest request, HttpServletResponse response, Throwable thrown) {
        this.edge = edge;
        this.exchange = exchange;
        this.request = request;
        this.response = response;
        this.thrown = thrown;
    }

    @Override
    public void onError(AsyncEvent event) {
        if (Refusal.answerAndClose(edge, exchange, request, response, thrown)) {
            event.getAsyncContext().complete();
        }
    }

    @Override
    public void onComplete(AsyncEvent event) {}

    @Override
    public void onTimeout(AsyncEvent event) {}

    @Override
    public void onStartAsync(AsyncEvent event) {}
}
