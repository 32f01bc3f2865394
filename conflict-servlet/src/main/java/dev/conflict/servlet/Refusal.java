package dev.conflict.servlet;

import dev.conflict.problem.Answer;
import dev.conflict.problem.Occurrence;
import dev.conflict.problem.Occurrence.Caller;
import dev.conflict.problem.ProblemException;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Answers an exception with the problem that it stands for. */
final class Refusal {
    private static final int LONGEST_CODE_IN_A_FIELD = 256;

    private final Edge edge;
    private final Exchange exchange;
    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final Predicate<String> dropped;

    private Refusal(
            Edge edge,
            Exchange exchange,
            HttpServletRequest request,
            HttpServletResponse response,
            Predicate<String> dropped) {
        this.edge = edge;
        this.exchange = exchange;
        this.request = request;
        this.response = response;
        this.dropped = dropped;
    }

    /**
     * Answers, if the exception is known and the response has not left; the container sends what it buffers.
     *
     * @return false if nothing was sent, so that the exception has to go on
     */
    static boolean answer(
            Edge edge, Exchange exchange, HttpServletRequest request, HttpServletResponse response, Throwable thrown) {
        return new Refusal(edge, exchange, request, response, Fields::ofSuccess).send(thrown, thrown, false);
    }

    /**
     * Answers as {@link #answer} does, and closes the response: when this returns true, the answer has left.
     *
     * <p>This is for asynchronous cycles. A container is free to finish a completed cycle in another thread, and nothing
     * must be left to send then: Undertow's threads both end the response if the cycle is completed while it is told of an
     * error, and what one of them has not sent yet is lost.
     */
    static boolean answerAndClose(
            Edge edge, Exchange exchange, HttpServletRequest request, HttpServletResponse response, Throwable thrown) {
        return new Refusal(edge, exchange, request, response, Fields::ofSuccess).send(thrown, thrown, true);
    }

    /** Answers an error that has a status and no body yet, as {@link #answer} does. */
    static boolean answerError(
            Edge edge,
            Exchange exchange,
            HttpServletRequest request,
            HttpServletResponse response,
            ProblemException error) {
        return new Refusal(edge, exchange, request, response, Fields::ofErrorBody).send(error, error, false);
    }

    /** Answers in place of an exception that nobody knows, as {@link #answer} does; the log tells which it was. */
    static boolean answerUnknown(
            Edge edge,
            Exchange exchange,
            HttpServletRequest request,
            HttpServletResponse response,
            ProblemException answered,
            Throwable thrown) {
        return new Refusal(edge, exchange, request, response, Fields::ofSuccess).send(answered, thrown, false);
    }

    /** Translates for an adapter further in, which sends the answer; logged as if it had been sent here. */
    static Optional<Answer> told(Edge edge, Exchange exchange, HttpServletRequest request, Throwable thrown) {
        String path = path(request);
        Optional<Answer> answer =
                edge.translator().translate(thrown, exchange.ledger(request), occurrence(edge, request, path));
        answer.ifPresent(told -> RefusalLog.write(told, request.getMethod(), path, thrown));
        return answer;
    }

    private boolean send(Throwable answered, Throwable thrown, boolean closes) {
        if (response.isCommitted()) {
            return false;
        }
        try {
            String path = path(request);
            Optional<Answer> answer =
                    edge.translator().translate(answered, exchange.ledger(request), occurrence(edge, request, path));
            if (answer.isEmpty()) {
                return false;
            }
            Fields.resetExcept(response, dropped);
            Closeable body = send(request, response, answer.get(), edge.errorCodeHeader());
            if (closes) {
                body.close();
            }
            RefusalLog.write(answer.get(), request.getMethod(), path, thrown);
            return true;
        } catch (IOException | RuntimeException broken) {
            suppress(broken, thrown);
            return false;
        }
    }

    /** Keeps an exception that came up while another was on its way; no exception can suppress itself. */
    @SuppressWarnings("ReferenceEquality")
    static void suppress(Throwable broken, Throwable thrown) {
        if (broken != thrown) {
            thrown.addSuppressed(broken);
        }
    }

    /** Writes an answer and returns what it was written to. */
    private static Closeable send(
            HttpServletRequest request, HttpServletResponse response, Answer answer, @Nullable String errorCodeHeader)
            throws IOException {
        response.setStatus(answer.status());
        answer.fields().forEach(response::setHeader);
        Fields.vary(response, answer.varies());
        codeField(errorCodeHeader, answer)
                .ifPresent(
                        name -> response.setHeader(name, answer.problem().code().orElseThrow()));
        if (answer.mediaType().isPresent()) {
            setContentType(response, answer.mediaType().get());
        }
        boolean bodiless = request.getMethod().equals("HEAD");
        ServletOutputStream stream;
        try {
            stream = response.getOutputStream();
        } catch (IllegalStateException writerTaken) {
            // Somebody further out handed the application a writer of his own: its character set is not ours to choose.
            response.setContentLengthLong(-1);
            PrintWriter writer = response.getWriter();
            writer.write(bodiless ? "" : answer.text());
            return writer;
        }
        byte[] body = answer.body();
        response.setContentLength(body.length);
        if (!bodiless) {
            stream.write(body);
        }
        return stream;
    }

    /** The field for the code of a problem, if one is configured and the code may stand there. */
    static Optional<String> codeField(@Nullable String configured, Answer answer) {
        return answer.isNeutral()
                        || answer.problem().code().filter(Refusal::fitsAField).isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(configured);
    }

    /** An application may have put any text in its place, a line break too; and containers end what has too long a header. */
    private static boolean fitsAField(String code) {
        return code.length() <= LONGEST_CODE_IN_A_FIELD && Fields.isToken(code);
    }

    /** Sets a type that no character set of a writer clings to. */
    static void setContentType(HttpServletResponse response, String mediaType) {
        response.setContentType(mediaType);
        if (response.getContentType() != null
                && response.getContentType().contains("charset")
                && !mediaType.contains("charset")) {
            response.setCharacterEncoding(null); // Undertow remembers what a writer stood for even after a reset
            response.setContentType(mediaType);
        }
    }

    private static Occurrence occurrence(Edge edge, HttpServletRequest request, String path) {
        return Occurrence.of(request.getMethod(), path)
                .by(caller(edge, request, path))
                .withAcceptLanguage(value(request, "Accept-Language"))
                .withAccept(value(request, "Accept"))
                .withTraceId(traceId(edge, request, path));
    }

    /** All lines of a field in one, null if there is none. */
    private static @Nullable String value(HttpServletRequest request, String name) {
        Enumeration<String> lines = request.getHeaders(name);
        return lines == null || !lines.hasMoreElements() ? null : String.join(", ", Collections.list(lines));
    }

    /** Who asks; whoever cannot be told is told no more than anybody. */
    private static Caller caller(Edge edge, HttpServletRequest request, String path) {
        try {
            return Objects.requireNonNull(edge.callers().apply(request), "the caller is null");
        } catch (RuntimeException unknown) {
            RefusalLog.writeUnknownCaller(request.getMethod(), path, unknown);
            return Caller.ANONYMOUS;
        }
    }

    /** The id under which the application traces the request, null if it does not, or cannot tell. */
    private static @Nullable String traceId(Edge edge, HttpServletRequest request, String path) {
        try {
            return edge.traces().apply(request).orElse(null);
        } catch (RuntimeException unknown) {
            RefusalLog.writeUnknownTrace(request.getMethod(), path, unknown);
            return null;
        }
    }

    /** The path that the client asked for, without parameters: they may hold its session. */
    static String path(HttpServletRequest request) {
        DispatcherType type = request.getDispatcherType();
        Object original = null;
        if (type == DispatcherType.ASYNC) {
            original = request.getAttribute(AsyncContext.ASYNC_REQUEST_URI);
        } else if (type == DispatcherType.FORWARD) {
            original = request.getAttribute(RequestDispatcher.FORWARD_REQUEST_URI);
        }
        return withoutParameters(original instanceof String uri ? uri : request.getRequestURI());
    }

    static String withoutParameters(String uri) {
        if (uri.indexOf(';') < 0) {
            return uri;
        }
        StringBuilder path = new StringBuilder(uri.length());
        boolean parameter = false;
        for (int i = 0; i < uri.length(); i++) {
            char c = uri.charAt(i);
            parameter = c == ';' || (parameter && c != '/');
            if (!parameter) {
                path.append(c);
            }
        }
        return path.toString();
    }
}
