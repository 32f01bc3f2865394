package dev.conflict.servlet;

import dev.conflict.EntityTag;
import dev.conflict.event.ConflictEvent;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.http.FieldLines;
import dev.conflict.http.Preconditions;
import dev.conflict.http.Validators;
import dev.conflict.http.Verdict;
import dev.conflict.problem.Answer;
import dev.conflict.problem.OuterEdge;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Enumeration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the filter and the handlers of one request share.
 *
 * <p>It lives in a request attribute, so it survives wrapped requests, forwards, includes and asynchronous dispatches, and
 * is found from any thread. It is the ledger's view of the header fields as well, and what adapters further in ask, to be
 * two objects less.
 */
final class Exchange implements FieldLines, OuterEdge {
    private volatile @Nullable Edge edge;
    /** Where a response is found whose writer the application took. */
    private static final String WRITER = "dev.conflict.servlet.writer";

    private volatile Preconditions rules = Preconditions.required();
    private volatile @Nullable ConditionalRequest ledger;
    private volatile @Nullable HttpServletRequest fields;
    private volatile boolean passing;
    private boolean reported;
    private boolean letThrough;

    private Exchange() {}

    static Exchange of(ServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof Exchange exchange) {
            return exchange;
        }
        Exchange exchange = new Exchange();
        request.setAttribute(ATTRIBUTE, exchange);
        return exchange;
    }

    /** The tag that the request's ledger was offered, if there is a ledger; to be asked when the answer is complete. */
    static Optional<EntityTag> offeredTag(ServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof Exchange exchange) {
            ConditionalRequest ledger = exchange.ledger;
            return ledger == null ? Optional.empty() : ledger.responseTag();
        }
        return Optional.empty();
    }

    /**
     * Evaluates a read whose answer is complete, as its ledger would, so that who asked the ledger about the same tag has
     * been told the same.
     */
    static Verdict evaluateRead(HttpServletRequest request, Validators current) {
        String method = request.getMethod();
        Preconditions rules = Preconditions.optional();
        if (request.getAttribute(ATTRIBUTE) instanceof Exchange exchange) {
            ConditionalRequest ledger = exchange.ledger;
            if (ledger != null && ledger.method().equals(method)) {
                return ledger.evaluate(current);
            }
            rules = exchange.rules;
        }
        return rules.evaluate(method, request::getHeaders, current);
    }

    /**
     * Says that the request passes a filter.
     *
     * @return false if it passes one already, further out
     */
    boolean enter(Edge entered, HttpServletRequest request) {
        if (passing) {
            return false;
        }
        passing = true;
        if (fields == null) {
            fields = request;
        }
        if (edge == null) {
            edge = entered;
            configure(entered, request);
        }
        return true;
    }

    /** Says that the application took the writer of a response, which an adapter's answer would find in its way. */
    static void takesWriter(HttpServletRequest request, HttpServletResponse response) {
        request.setAttribute(WRITER, response);
    }

    /** A forward may change the path, so the rules are looked up when the request comes. */
    private synchronized void configure(Edge passed, HttpServletRequest request) {
        Preconditions own = passed.rules().match(request);
        rules = own != null ? own : rules;
        ConditionalRequest early = ledger; // of a filter further out
        if (early != null && own != null) {
            early.under(own);
        }
        if (early != null) {
            configure(early, passed, request);
        }
    }

    private void configure(ConditionalRequest configured, Edge passed, HttpServletRequest request) {
        if (passed.is(Option.TAG_ON_PUT)) {
            configured.storedAsSent();
        }
        if (passed.is(Option.REPORT_ONLY)) {
            configured.reportRequired(() -> letThrough(passed, request, ConflictEvent.Kind.PRECONDITION_REQUIRED));
        }
    }

    /** Reports that a request passes which would have been refused, once, however often somebody looks. */
    void letThrough(Edge passed, HttpServletRequest request, ConflictEvent.Kind kind) {
        if (isLetThroughFirst()) {
            RefusalLog.writeLetThrough(kind, request.getMethod(), Refusal.path(request));
            passed.listener().on(new ConflictEvent.WouldRefuse(kind, request.getMethod()));
        }
    }

    private synchronized boolean isLetThroughFirst() {
        boolean first = !letThrough;
        letThrough = true;
        return first;
    }

    void leave() {
        passing = false;
    }

    /** The configuration of the filter that the request passed, null if it passed none. */
    @Nullable Edge edge() {
        return edge;
    }

    /** The rules for the request. */
    Preconditions rules() {
        return rules;
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
            fields = request;
            known = ConditionalRequest.of(request.getMethod(), this, rules);
            Edge passed = edge;
            if (passed != null) {
                configure(known, passed, request);
            }
            ledger = known;
        }
        return known;
    }

    private synchronized void takeForReported() {
        reported = true;
    }

    /** Tells whether the write has not been reported yet, and takes it for reported from now on. */
    synchronized boolean isReportedFirst() {
        boolean first = !reported;
        reported = true;
        return first;
    }

    @Override
    public @Nullable Enumeration<String> of(String name) {
        HttpServletRequest request = fields;
        return request == null ? null : lines(request, name);
    }

    @Override
    public @Nullable String first(String name) {
        HttpServletRequest request = fields;
        return request == null ? null : request.getHeader(name);
    }

    /** The lines of a field, which most requests do not have, and for which containers would make an enumeration. */
    static @Nullable Enumeration<String> lines(HttpServletRequest request, String name) {
        return request.getHeader(name) == null ? null : request.getHeaders(name);
    }

    @Override
    public Optional<ConditionalRequest> sharedLedger() {
        HttpServletRequest request = edge == null ? null : fields;
        return request == null ? Optional.empty() : Optional.of(ledger(request));
    }

    @Override
    public Optional<Answer> answer(Throwable thrown) {
        Edge configured = edge;
        HttpServletRequest request = fields;
        if (configured == null || request == null) {
            return Optional.empty();
        }
        Optional<Answer> answer = Refusal.told(configured, this, request, thrown);
        if (answer.isPresent()) {
            takeForReported(); // a neutral answer looks like a success, and is none
        }
        if (answer.isPresent()
                && request.getAttribute(WRITER) instanceof HttpServletResponse response
                && !response.isCommitted()) {
            Fields.resetExcept(response, Fields::ofSuccess);
            answer.get().mediaType().ifPresent(type -> Refusal.setContentType(response, type));
        }
        return answer;
    }

    @Override
    public Optional<String> codeField(Answer answer) {
        Edge configured = edge;
        return configured == null ? Optional.empty() : Refusal.codeField(configured.errorCodeHeader(), answer);
    }
}
