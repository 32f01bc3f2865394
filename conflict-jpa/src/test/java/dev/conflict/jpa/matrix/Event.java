package dev.conflict.jpa.matrix;

import java.util.List;
import java.util.stream.Stream;

/**
 * Something that happens to a writer.
 *
 * @param name what, in a few words
 * @param play makes it happen, and tells what came of it
 */
record Event(String name, Play play) {
    /** Makes something happen. */
    interface Play {
        String in(Scene scene) throws Exception;
    }

    static List<Event> all() {
        return Stream.of(
                        ConstraintEvents.all(),
                        StaleEvents.all(),
                        MergeEvents.all(),
                        LockEvents.all(),
                        GuardEvents.all(),
                        StateEvents.all(),
                        MomentEvents.all())
                .flatMap(List::stream)
                .toList();
    }
}
