package dev.conflict.file;

import dev.conflict.ConflictException;
import dev.conflict.EntityTag;
import dev.conflict.file.FileRefusals.Purpose;
import dev.conflict.file.Place.Occupant;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Refuses a write by throwing, while nobody else can change the place. */
@FunctionalInterface
interface FileCheck {
    void check(Place place) throws IOException;

    /** Nothing may have the name. */
    static FileCheck free() {
        return place -> {
            if (place.occupant() != Occupant.NOTHING) {
                throw FileRefusals.exists(place);
            }
        };
    }

    /** The file must have the content that the writer saw. */
    static FileCheck matching(EntityTag seen, Purpose purpose) {
        Objects.requireNonNull(seen, "seen");
        return place -> {
            EntityTag current = currentTag(place, purpose);
            if (current == null || !seen.matchesStrongly(current)) {
                throw FileRefusals.changed(place, FileRefusals.IF_MATCH, seen.toString(), current, purpose);
            }
        };
    }

    /** The guard must let the write through. */
    static FileCheck guarded(FileGuard guard, Purpose purpose) {
        Objects.requireNonNull(guard, "guard");
        return place -> {
            EntityTag current = currentTag(place, purpose);
            try {
                guard.check(Optional.ofNullable(current));
            } catch (ConflictException refused) {
                throw FileRefusals.ofGuard(refused, place, current, purpose);
            }
        };
    }

    private static @Nullable EntityTag currentTag(Place place, Purpose purpose) throws IOException {
        if (place.occupant() == Occupant.FOLDER) {
            throw purpose == Purpose.STORE ? FileRefusals.exists(place) : FileRefusals.wrongKind(place);
        }
        return place.tag();
    }
}
