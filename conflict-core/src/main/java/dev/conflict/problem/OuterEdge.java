package dev.conflict.problem;

import dev.conflict.http.ConditionalRequest;
import java.util.Optional;

/**
 * An edge that a request has passed further out, for an adapter further in: one that keeps exceptions to itself asks here,
 * so that a request has one ledger, its answer one configuration, and a refusal is told and logged once.
 *
 * <p>A servlet filter leaves it in the request attribute {@link #ATTRIBUTE}. Instances belong to one request.
 */
public interface OuterEdge {
    /** The name of the request attribute, in other frameworks of the request's property. */
    String ATTRIBUTE = "dev.conflict.servlet.exchange";

    /**
     * Returns the ledger that the request has in all layers.
     *
     * @return the ledger; empty if the request has passed no edge, so that nothing else here answers either
     */
    Optional<ConditionalRequest> sharedLedger();

    /**
     * Translates what was thrown as the edge itself would, tells its listeners, and logs it.
     *
     * @param thrown what was thrown
     * @return the answer, which the caller sends; empty if the edge does not know what was thrown
     */
    Optional<Answer> answer(Throwable thrown);

    /**
     * Returns the field in which the edge repeats the code of a problem.
     *
     * @param answer the answer that is to be sent
     * @return the field's name; empty if it is not configured, or the code does not fit into a field
     */
    Optional<String> codeField(Answer answer);
}
