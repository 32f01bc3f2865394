package dev.conflict.example;

import dev.conflict.ConflictException;
import dev.conflict.ConflictReader;
import dev.conflict.ConflictReaders;
import dev.conflict.Disclosure;
import dev.conflict.jpa.JpaConflictReader;
import dev.conflict.retry.Contention;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;

/** The way to a transaction, whoever begins and commits it. */
@FunctionalInterface
interface Store {
    /** How often a transaction that lost is tried again. */
    Contention PATIENCE = Contention.standard().deadline(Duration.ofSeconds(10)); // longer nobody waits for an answer

    /** Tells what a transaction was refused for. */
    ConflictReader READER = JpaConflictReader.of(Constraints.of(Disclosure.HIDDEN));

    /**
     * Runs work in a transaction, and again in a new one if it lost to another; returns what it returns, after the commit.
     * A version that a request states is compared anew each time, so nobody is let through by being patient.
     */
    <T> T inTransaction(Function<EntityManager, T> work);

    /**
     * Looks before it works. If a unique constraint refuses what the guard let pass, because somebody came between them, the
     * guard looks once more: it can say what a constraint cannot, such as where the other one is.
     */
    default <T> T inTransaction(Consumer<EntityManager> guard, Function<EntityManager, T> work) {
        try {
            return inTransaction(em -> {
                guard.accept(em);
                return work.apply(em);
            });
        } catch (ConflictException told) {
            throw told;
        } catch (RuntimeException refused) {
            if (isTaken(refused)) {
                inTransaction(em -> {
                    guard.accept(em);
                    return em;
                });
            }
            throw refused;
        }
    }

    private static boolean isTaken(RuntimeException refused) {
        return ConflictReaders.chain(refused).stream()
                .flatMap(link -> READER.read(link).stream())
                .anyMatch(ConflictException.Uniqueness.class::isInstance);
    }
}
