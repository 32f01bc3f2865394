package dev.conflict.problem;

import dev.conflict.Conflict;
import dev.conflict.ConflictException;
import dev.conflict.Disclosure;
import dev.conflict.problem.Occurrence.Caller;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a caller is told of a conflict, decided before anything is made of it: neither count nor status may show the rest.
 *
 * @param conflict what he is told
 * @param withheld the first conflict that is withheld from him, if he is told nothing else; else null
 */
record Told(ConflictException conflict, ConflictException.@Nullable Uniqueness withheld) {
    static Told to(Caller caller, ConflictException exception) {
        List<ConflictException> parts =
                exception instanceof ConflictException.Several several ? several.parts() : List.of(exception);
        List<ConflictException> told =
                parts.stream().filter(part -> isTold(part.conflict(), caller)).toList();
        if (told.size() == parts.size()) {
            return new Told(exception, null);
        }
        return switch (told.size()) {
            case 0 -> new Told(ConflictException.unspecified(), firstUniqueness(parts));
            case 1 -> new Told(told.get(0), null);
            default -> new Told(ConflictException.several(told).with(exception.details()), null);
        };
    }

    private static ConflictException.@Nullable Uniqueness firstUniqueness(List<ConflictException> parts) {
        for (ConflictException part : parts) {
            if (part instanceof ConflictException.Uniqueness uniqueness) {
                return uniqueness;
            }
        }
        return null;
    }

    private static boolean isTold(Conflict conflict, Caller caller) {
        if (!(conflict instanceof Conflict.Uniqueness uniqueness)) {
            return !(conflict instanceof Conflict.Unspecified);
        }
        return uniqueness.disclosure() == Disclosure.PUBLIC
                || (uniqueness.disclosure() == Disclosure.AUTHENTICATED && caller == Caller.AUTHENTICATED);
    }
}
