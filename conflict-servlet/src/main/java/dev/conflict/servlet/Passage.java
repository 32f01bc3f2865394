package dev.conflict.servlet;

import dev.conflict.ConflictReaders;
import dev.conflict.problem.ProblemDetail;
import dev.conflict.problem.ProblemException;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.UnavailableException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** How a request passes the filter; {@link ConflictFilter} tells the order. */
final class Passage {
    private Passage() {}

    /** Leaves alone what is no HTTP, an error page, and a request that passes the filter already, further out. */
    static void pass(Edge edge, ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!(request instanceof HttpServletRequest http)
                || !(response instanceof HttpServletResponse answer)
                || request.getDispatcherType() == DispatcherType.ERROR) {
            chain.doFilter(request, response);
            return;
        }
        Exchange exchange = Exchange.of(request);
        if (!exchange.enter(edge, http)) {
            chain.doFilter(request, response);
            return;
        }
        try {
            pass(edge, exchange, http, answer, chain);
        } finally {
            exchange.leave();
        }
    }

    private static void pass(
            Edge edge, Exchange exchange, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        // Undertow dispatches with the response that the application had; one wrapper is enough.
        GuardedResponse guarded =
                response instanceof GuardedResponse again ? again : new GuardedResponse(request, response, exchange);
        guarded.enter();
        try {
            EarlyStage.check(edge, exchange, request);
            chain.doFilter(request, guarded);
        } catch (Throwable thrown) {
            if (!answers(edge, exchange, request, guarded, thrown)) {
                leave(request, guarded, thrown);
                throw thrown;
            }
            return;
        }
        if (edge.is(Option.PROBLEMS_FOR_ERRORS) && answersError(edge, exchange, request, guarded)) {
            return;
        }
        guarded.leave();
        if (request.isAsyncStarted()) {
            WriteReport.reportWhenComplete(edge, exchange, request, guarded.original());
        } else {
            WriteReport.report(edge, exchange, request, guarded);
            guarded.tag();
        }
    }

    private static boolean answers(
            Edge edge, Exchange exchange, HttpServletRequest request, GuardedResponse guarded, Throwable thrown) {
        HttpServletResponse response = guarded.original();
        if (request.isAsyncStarted()) {
            if (!response.isCommitted() && edge.translator().knows(thrown)) {
                answerOnError(request, new AnswerOnError(edge, exchange, request, response, thrown));
            }
            return false;
        }
        if (!Refusal.answer(edge, exchange, request, response, thrown)
                && !answersUnknown(edge, exchange, request, response, thrown)) {
            return false;
        }
        guarded.abandon();
        return true;
    }

    /** Answers an exception that nobody knows, if the filter is told to, and if it does not mean something to the container. */
    private static boolean answersUnknown(
            Edge edge, Exchange exchange, HttpServletRequest request, HttpServletResponse response, Throwable thrown) {
        return edge.is(Option.PROBLEMS_FOR_EXCEPTIONS)
                && !(thrown instanceof UnavailableException)
                && !(thrown instanceof VirtualMachineError)
                && !isForSecurity(thrown)
                && !edge.translator().knows(thrown) // else it could not be answered
                && Refusal.answerUnknown(edge, exchange, request, response, problem(500, null), thrown);
    }

    /** Spring Security, further out, turns its own exceptions into 401, 403 and redirects. */
    private static boolean isForSecurity(Throwable thrown) {
        return ConflictReaders.chain(thrown).stream()
                .anyMatch(link -> link.getClass().getName().startsWith("org.springframework.security."));
    }

    private static void answerOnError(HttpServletRequest request, AnswerOnError listener) {
        try {
            request.getAsyncContext().addListener(listener);
        } catch (IllegalStateException completed) {
            // The other thread was faster: the response is its own.
        }
    }

    /** Answers an error that the application, or a servlet of the container, told by a status alone. */
    private static boolean answersError(
            Edge edge, Exchange exchange, HttpServletRequest request, GuardedResponse guarded) {
        HttpServletResponse response = guarded.original();
        if (request.isAsyncStarted() || response.isCommitted()) {
            return false;
        }
        // What an earlier dispatch has written, this one cannot see.
        boolean empty = !guarded.hasContent() && request.getDispatcherType() == DispatcherType.REQUEST;
        int status = guarded.getStatus();
        if ((!guarded.isHolding() && !empty) || status < 400 || status > 599) {
            return false;
        }
        String message = edge.is(Option.ERROR_MESSAGES) ? guarded.heldMessage() : null;
        if (!Refusal.answerError(edge, exchange, request, response, problem(status, message))) {
            return false;
        }
        guarded.abandon();
        return true;
    }

    private static ProblemException problem(int status, @Nullable String detail) {
        ProblemDetail.Builder problem = ProblemDetail.builder(status);
        if (detail != null) {
            problem.detail(detail);
        }
        return new ProblemException(problem.build());
    }

    /** Makes up for what was held back; whatever becomes of it, what was thrown is thrown. */
    private static void leave(HttpServletRequest request, GuardedResponse guarded, Throwable thrown) {
        try {
            guarded.leave();
            if (!request.isAsyncStarted()) {
                guarded.removeTag();
            }
        } catch (IOException | RuntimeException broken) {
            Refusal.suppress(broken, thrown);
        }
    }
}
