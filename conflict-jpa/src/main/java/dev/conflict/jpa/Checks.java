package dev.conflict.jpa;

import jakarta.persistence.EntityManager;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The checks of one attempt that wait for its flush: an entity that the flush wrote was compared by that, and only the others
 * need a look of their own before the commit.
 *
 * <p>It is a property of the attempt's persistence context, so that whoever gets that one finds it; serializable because
 * Hibernate takes no other property.
 */
final class Checks implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final String PROPERTY = "dev.conflict.jpa.checks";

    private final transient List<BooleanSupplier> waiting = new ArrayList<>();
    private transient volatile boolean committed;

    private Checks() {}

    static Checks begin(EntityManager em) {
        Checks checks = new Checks();
        em.setProperty(PROPERTY, checks);
        return checks;
    }

    /** Returns the checks of the attempt that has this persistence context; null if somebody else commits it. */
    static @Nullable Checks of(EntityManager em) {
        return em.getProperties().get(PROPERTY) instanceof Checks checks ? checks : null;
    }

    /** Leaves an entity until the flush; then {@code lock} locks it, and tells whether that was still necessary. */
    void leave(BooleanSupplier lock) {
        waiting.add(lock);
    }

    /** Has the versions compared again that the flush did not write; tells whether there are any. */
    boolean lockRest() {
        return waiting.stream().filter(BooleanSupplier::getAsBoolean).count() > 0;
    }

    void commit() {
        committed = true;
    }

    /** Whether what the persistence context wrote is there to stay. */
    boolean isCommitted() {
        return committed;
    }
}
