package dev.conflict.servlet;

import dev.conflict.http.Validators;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/**
 * Tells what validators a resource has before its handler begins, so that a write that is refused anyway is refused before
 * its content is read, or sent at all if the client waits ({@code Expect: 100-continue}, RFC 9110 §10.1.1).
 *
 * <pre>{@code
 * ConflictFilter.builder()
 *         .validators("/documents/*", request -> request.isUserInRole("editor")
 *                 ? documents.validators(request.getPathInfo())
 *                 : Optional.empty())
 *         .register(servletContext, "/*");
 * }</pre>
 *
 * <p>What a source says is <em>advice</em>. It can only refuse a write (412, 428, 400 or 431), and what it lets through is
 * compared again in the transaction that writes; the {@linkplain dev.conflict.http.ConditionalRequest ledger} of the
 * request knows nothing of it. Reads are left to their handler, and so is whatever does not exist: the handler alone knows
 * whether that is a 404 or about to be created.
 *
 * <p><b>Whom it may tell.</b> The filter stands first: the container has authenticated and authorised the caller, if the
 * application has it do so, and filters further in have not, such as those of a security framework. An early refusal shows
 * the caller that the resource exists, so a source {@linkplain Optional#empty() abstains} for a caller it cannot judge, and
 * for a request that its handler would refuse for another reason (RFC 9110 §13.2.1). The present tag is never sent by it; who
 * may read the resource reads it again, as he has to anyway.
 *
 * <p><b>What it has to know.</b> As much as the handler: the same tags (with those that are
 * {@linkplain Validators#equivalents equivalent}), the same selected representation, and rules that are registered with
 * {@link ConflictFilter.Builder#preconditions} rather than set by the handler. It suits no resource whose handler calls
 * {@link dev.conflict.http.ConditionalRequest#requireOrApplied}. A source neither reads the request's content nor its
 * parameters, which may stand in the content, and is quick: it costs each write one more look.
 *
 * <p>It is called by many threads at once.
 */
@FunctionalInterface
public interface ValidatorSource {
    /**
     * Returns what is known of the resource that a request wants to change.
     *
     * @param request the request as the filter got it, its content unread
     * @return the validators; empty to abstain, so that the handler alone decides
     * @throws Exception if they cannot be told now, which counts as abstaining and is logged without any message
     */
    Optional<Validators> of(HttpServletRequest request) throws Exception;
}
