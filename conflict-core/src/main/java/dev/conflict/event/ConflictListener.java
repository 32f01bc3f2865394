package dev.conflict.event;

import java.util.Collection;
import java.util.List;

/**
 * Hears what happens at an edge.
 *
 * <p>A listener is called by the thread that serves the request, many at once, and should be quick. What it throws is
 * dropped: watching never changes an answer.
 */
@FunctionalInterface
public interface ConflictListener {
    /**
     * Hears an event.
     *
     * @param event what happened
     */
    void on(ConflictEvent event);

    /**
     * Returns a listener that passes events to several others, and to each although another throws.
     *
     * @param listeners the others, in the order in which they hear
     * @return the listener that throws nothing but errors of the virtual machine
     */
    static ConflictListener all(Collection<? extends ConflictListener> listeners) {
        ConflictListener[] each = List.copyOf(listeners).toArray(new ConflictListener[0]); // no iterator an event
        return event -> {
            for (ConflictListener listener : each) {
                try {
                    listener.on(event);
                } catch (VirtualMachineError fatal) {
                    throw fatal;
                } catch (Throwable dropped) { // whatever it is: a listener in another language may throw anything
                    warn("A conflict listener failed: " + listener.getClass(), dropped);
                }
            }
        };
    }

    /** Tells where a listener failed; what it says of values, or on further lines, only for debugging. */
    private static void warn(String what, Throwable dropped) {
        System.Logger log = System.getLogger("dev.conflict.event");
        Exception wordless = new Exception(dropped.getClass().getName());
        wordless.setStackTrace(dropped.getStackTrace());
        log.log(System.Logger.Level.WARNING, what, wordless);
        log.log(System.Logger.Level.DEBUG, what, dropped);
    }
}
