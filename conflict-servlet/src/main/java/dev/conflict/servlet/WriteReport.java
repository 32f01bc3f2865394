package dev.conflict.servlet;

import dev.conflict.event.ConflictEvent;
import dev.conflict.event.ConflictListener;
import dev.conflict.http.ConditionalRequest;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells the listeners of a write that stated a precondition and succeeded, once, whichever thread ends its request. */
final class WriteReport implements AsyncListener {
    private static final Map<String, ConflictEvent> GUARDED = Map.of(
            "PUT", new ConflictEvent.GuardedWrite("PUT"),
            "PATCH", new ConflictEvent.GuardedWrite("PATCH"),
            "DELETE", new ConflictEvent.GuardedWrite("DELETE"),
            "POST", new ConflictEvent.GuardedWrite("POST"));

    private final ConflictListener listener;
    private final Exchange exchange;
    private final ConditionalRequest ledger;
    private final String method;
    private final String header;
    private final HttpServletResponse response;

    private WriteReport(
            ConflictListener listener,
            Exchange exchange,
            ConditionalRequest ledger,
            String method,
            String header,
            HttpServletResponse response) {
        this.listener = listener;
        this.exchange = exchange;
        this.ledger = ledger;
        this.method = method;
        this.header = header;
        this.response = response;
    }

    /**
     * Reports a request that has ended.
     *
     * @throws IllegalStateException if the edge is strict, nobody found the precondition true, and the answer has not left
     */
    static void report(Edge edge, Exchange exchange, HttpServletRequest request, HttpServletResponse response) {
        String method = request.getMethod();
        String header = writes(method) && isSuccess(response) ? stated(exchange, request) : null;
        if (header == null || !exchange.isReportedFirst()) {
            return;
        }
        ConditionalRequest ledger = exchange.ledger(request);
        edge.listener().on(event(ledger, method, header));
        if (edge.is(Option.STRICT) && !ledger.isGuarded() && !response.isCommitted()) {
            Fields.resetExcept(response, Fields::ofSuccess); // Tomcat would send what was written as the page
            throw new IllegalStateException(
                    method + " " + RefusalLog.printable(Refusal.path(request)) + " stated " + header
                            + " and succeeded, but nobody found it true: the write is done, and its writer was not protected."
                            + " Evaluate ServletPreconditions.of(request) in the transaction that writes");
        }
    }

    /** Has a request reported when its asynchronous cycle is complete, if there will be anything to report. */
    static void reportWhenComplete(
            Edge edge, Exchange exchange, HttpServletRequest request, HttpServletResponse response) {
        String method = request.getMethod();
        String header = writes(method) ? stated(exchange, request) : null;
        if (header == null) {
            return;
        }
        WriteReport report =
                new WriteReport(edge.listener(), exchange, exchange.ledger(request), method, header, response);
        try {
            request.getAsyncContext().addListener(report);
        } catch (IllegalStateException completed) {
            report.onComplete(); // the other thread was faster
        }
    }

    private static @Nullable String stated(Exchange exchange, HttpServletRequest request) {
        return exchange.ledger(request).statedIn().orElse(null);
    }

    private static boolean writes(String method) {
        return !EarlyStage.WITHOUT.contains(method);
    }

    private static boolean isSuccess(HttpServletResponse response) {
        int status = response.getStatus();
        return (status >= 200 && status <= 299) || status == HttpServletResponse.SC_SEE_OTHER;
    }

    private static ConflictEvent event(ConditionalRequest ledger, String method, String header) {
        if (!ledger.isGuarded()) {
            return new ConflictEvent.UnguardedWrite(method, header);
        }
        ConflictEvent guarded = GUARDED.get(method);
        return guarded != null ? guarded : new ConflictEvent.GuardedWrite(method);
    }

    private void onComplete() {
        if (isSuccess(response) && exchange.isReportedFirst()) {
            listener.on(event(ledger, method, header));
        }
    }

    @Override
    public void onComplete(AsyncEvent event) {
        onComplete();
    }

    @Override
    public void onTimeout(AsyncEvent event) {}

    @Override
    public void onError(AsyncEvent event) {}

    @Override
    public void onStartAsync(AsyncEvent event) {}
}
