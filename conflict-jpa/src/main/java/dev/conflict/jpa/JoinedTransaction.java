package dev.conflict.jpa;

import jakarta.persistence.EntityManager;
import org.jspecify.annotations.Nullable;

/**
 * Whether an {@code EntityManager} takes part in a transaction.
 *
 * <p>One that Spring keeps open for a request ({@code spring.jpa.open-in-view}, which Boot turns on) is behind a proxy that says
 * no, though Spring has begun the transaction on the very one behind it. So that one is asked too.
 */
final class JoinedTransaction {
    private static final String PROXY = "org.springframework.orm.jpa.EntityManagerProxy";

    /** Spring puts a proxy for whoever injects it before one for the request. */
    private static final int MAX_PROXIES = 4;

    private JoinedTransaction() {}

    static boolean isJoined(EntityManager em) {
        EntityManager behind = em;
        for (int i = 0; i < MAX_PROXIES && behind != null; i++) {
            if (behind.isJoinedToTransaction()) {
                return true;
            }
            behind = target(behind);
        }
        return false;
    }

    /** What a proxy of Spring's stands for; null if it is none, or stands for nothing outside of a transaction. */
    private static @Nullable EntityManager target(EntityManager em) {
        for (Class<?> each : em.getClass().getInterfaces()) {
            if (each.getName().equals(PROXY)) {
                try {
                    return (EntityManager)
                            each.getMethod("getTargetEntityManager").invoke(em);
                } catch (ReflectiveOperationException none) {
                    return null;
                }
            }
        }
        return null;
    }
}
