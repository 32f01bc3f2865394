package dev.conflict.servlet;

import dev.conflict.ConflictException;
import dev.conflict.Target;
import dev.conflict.event.ConflictEvent;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.http.PreconditionFieldException;
import dev.conflict.http.Validators;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Refuses a write before its content is read, if a {@link ValidatorSource} says that it will be refused anyway.
 *
 * <p>It evaluates in a ledger of its own. That of the request must not count as evaluated by what is advice, and comes to
 * be further in, where another filter may have given the request another method.
 */
final class EarlyStage {
    /** Methods that write nothing. */
    static final Set<String> WITHOUT = Set.of("GET", "HEAD", "OPTIONS", "TRACE", "CONNECT");

    private static final Target RESOURCE = Target.of("request", "resource");

    private EarlyStage() {}

    /**
     * Looks at a request that has just come.
     *
     * @throws ConflictException if a precondition is false or missing
     * @throws PreconditionFieldException if a precondition cannot be read, or is too large
     */
    static void check(Edge edge, Exchange exchange, HttpServletRequest request) {
        ValidatorSource source = request.getDispatcherType() == DispatcherType.REQUEST
                ? edge.sources().match(request)
                : null;
        if (source == null || WITHOUT.contains(request.getMethod())) {
            return;
        }
        ConditionalRequest early = ConditionalRequest.of(
                        request.getMethod(), name -> Exchange.lines(request, name), exchange.rules())
                .withholdCurrent();
        if (early.statedIn().isPresent() || exchange.rules().isRequiredOn(request.getMethod())) {
            Validators current = ask(source, request).filter(Validators::exists).orElse(null);
            if (current != null) {
                require(edge, exchange, request, early, current);
            }
        }
    }

    private static void require(
            Edge edge, Exchange exchange, HttpServletRequest request, ConditionalRequest early, Validators current) {
        if (!edge.is(Option.REPORT_ONLY)) {
            early.require(RESOURCE, current);
            return;
        }
        try {
            early.require(RESOURCE, current);
        } catch (ConflictException refused) {
            exchange.letThrough(
                    edge,
                    request,
                    ConflictEvent.Kind.valueOf(refused.conflict().kind().name()));
        } catch (PreconditionFieldException unreadable) {
            // Nothing to report: whoever evaluates what nobody can read refuses it, whatever the stage.
        }
    }

    private static Optional<Validators> ask(ValidatorSource source, HttpServletRequest request) {
        try {
            return Objects.requireNonNull(source.of(request), "validators");
        } catch (VirtualMachineError fatal) {
            throw fatal;
        } catch (Throwable failed) { // whatever it is: the handler will tell, and its own faults are its own
            if (failed instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            RefusalLog.writeAbstained(request.getMethod(), Refusal.path(request), failed);
            return Optional.empty();
        }
    }
}
