package dev.conflict.servlet;

import dev.conflict.http.ConditionalRequest;
import dev.conflict.http.Preconditions;
import dev.conflict.problem.ProblemTranslator;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * What the filter and the handlers of one request share.
 *
 * <p>It lives in a request attribute, so it survives wrapped requests, forwards, includes and asynchronous dispatches, and
 * is found from any thread.
 */
final class Exchange {
    static final String ATTRIBUTE = "dev.conflict.servlet.exchange";

    private volatile @Nullable ProblemTranslator translator;
    private volatile @Nullable ConditionalRequest ledger;
    private volatile boolean passing;

    private Exchange() {}

    static Exchange of(ServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof Exchange exchange) {
            return exchange;
        }
        Exchange exchange = new Exchange();
        request.setAttribute(ATTRIBUTE, exchange);
        return exchange;
    }

    /**
     * Says that the request passes a filter.
     *
     * @return false if it passes one already, further out
     */
    boolean enter(ProblemTranslator passed) {
        if (passing) {
            return false;
        }
        passing = true;
        translator = passed;
        return true;
    }

    void leave() {
        passing = false;
    }

    /** The translator of the filter that the request passed, null if it passed none. */
    @Nullable ProblemTranslator translator() {
        return translator;
    }

    /** The ledger, null as long as nobody asked for it. */
    @Nullable ConditionalRequest ledger() {
        return ledger;
    }

    ConditionalRequest ledger(HttpServletRequest request) {
        ConditionalRequest known = ledger;
        return known != null ? known : createLedger(request);
    }

    private synchronized ConditionalRequest createLedger(HttpServletRequest request) {
        ConditionalRequest known = ledger;
        if (known == null) {
            known = ConditionalRequest.of(request.getMethod(), request::getHeaders, Preconditions.required());
            ledger = known;
        }
        return known;
    }
}
