package dev.conflict.peers;

import dev.conflict.conformance.ConformanceCase;
import dev.conflict.conformance.Evaluation;
import java.util.Collections;
import java.util.Optional;

/** Our own evaluator, for the same table. */
final class Ours implements Peer {
    @Override
    public String name() {
        return "conflict";
    }

    @Override
    public String version() {
        return "0.1.0";
    }

    @Override
    public Optional<String> notApplicable(ConformanceCase asked) {
        return Optional.empty();
    }

    @Override
    public String outcome(ConformanceCase asked) {
        return Evaluation.outcome(Evaluation.rules(asked)
                .evaluate(
                        asked.method(),
                        name -> Collections.enumeration(asked.values(name)),
                        Evaluation.validators(asked.state())));
    }
}
