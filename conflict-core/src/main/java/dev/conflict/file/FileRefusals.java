package dev.conflict.file;

import dev.conflict.Conflict;
import dev.conflict.Conflict.FileReason;
import dev.conflict.ConflictException;
import dev.conflict.Details;
import dev.conflict.Details.Member;
import dev.conflict.EntityTag;
import dev.conflict.file.Place.Occupant;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says what stands in the way of a write, and names the ways on. */
final class FileRefusals {
    static final String IF_MATCH = "If-Match";
    static final String IF_NONE_MATCH = "If-None-Match";

    private static final int MAX_TRIES = 50;

    private FileRefusals() {}

    /** What the refused write wanted; only who brings a content needs a way to store it. */
    enum Purpose {
        STORE,
        REMOVE
    }

    static ConflictException noFolder(String path, Occupant found) {
        if (found == Occupant.FILE) {
            return elsewhere(ConflictException.file(FileReason.EXISTS, path).with(variant("NO_FOLDER")));
        }
        return ConflictException.state("FOLDER_MISSING").with(Details.none().with(Member.PATH, path));
    }

    /** A file was to be created where something is. */
    static ConflictException.File exists(Place place) throws IOException {
        ConflictException.File refusal = found(place, place.occupant());
        rename(refusal, place, extensionAt(place.name().leaf()));
        EntityTag current = place.tag();
        if (current != null) {
            refusal.way("overwrite", field(IF_MATCH, current.toString()));
        }
        return elsewhere(refusal);
    }

    /** A file was to be moved to where something is; there is no header for moving over it. */
    static ConflictException.File targetExists(Place place) throws IOException {
        ConflictException.File refusal = found(place, place.occupant());
        return elsewhere(rename(refusal, place, extensionAt(place.name().leaf())));
    }

    /** A folder was to be created where something is. */
    static ConflictException.File folderExists(Place place) throws IOException {
        ConflictException.File refusal = found(place, place.occupant());
        return elsewhere(rename(refusal, place, place.name().leaf().length()));
    }

    /** A file was to be deleted or moved where a folder is, or the reverse. */
    static ConflictException.File wrongKind(Place place) throws IOException {
        boolean folder = place.occupant() == Occupant.FOLDER;
        return ConflictException.file(FileReason.EXISTS, place.name().text())
                .with(variant(folder ? "UNEXPECTED_FOLDER" : "UNEXPECTED_FILE"));
    }

    private static ConflictException.File found(Place place, Occupant occupant) {
        ConflictException.File refusal =
                ConflictException.file(FileReason.EXISTS, place.name().text());
        return occupant == Occupant.FOLDER ? refusal.with(variant("FOLDER")) : refusal;
    }

    /** Says which of the texts for a code describes the refusal. */
    private static Details variant(String name) {
        return Details.none().with(Member.VARIANT, name);
    }

    static ConflictException.File notEmpty(FileName folder) {
        return ConflictException.file(FileReason.NOT_EMPTY, folder.text());
    }

    /** The file has another tag than the one that was stated, or is gone. */
    static ConflictException.File changed(
            Place place, @Nullable String header, @Nullable String stated, @Nullable EntityTag current, Purpose purpose)
            throws IOException {
        ConflictException.File refusal =
                ConflictException.file(FileReason.CHANGED, place.name().text());
        if (header != null) {
            refusal.statedIn(header, stated, current);
        }
        if (purpose == Purpose.REMOVE) {
            return refusal.with(variant(current == null ? "GONE_TO_REMOVE" : "TO_REMOVE"));
        }
        if (current == null) {
            return elsewhere(refusal.with(variant("GONE")).way("overwrite", field(IF_NONE_MATCH, "*")));
        }
        rename(refusal, place, extensionAt(place.name().leaf()));
        return elsewhere(refusal.way("overwrite", field(IF_MATCH, current.toString())));
    }

    /** Turns the refusal of a guard into one that names the file. */
    static ConflictException ofGuard(
            ConflictException refused, Place place, @Nullable EntityTag current, Purpose purpose) throws IOException {
        if (refused.conflict() instanceof Conflict.VersionMismatch mismatch) {
            String stated = refused.details().text(Member.REQUESTED_ETAG).orElse(null);
            return changed(place, mismatch.statedIn(), stated, current, purpose).causedBy(refused);
        }
        if (refused.conflict() instanceof Conflict.PreconditionFailed failed) {
            if (purpose == Purpose.REMOVE && current != null) {
                return refused; // it is there, which is what the request states not to be
            }
            return current != null && failed.header().equals(IF_NONE_MATCH)
                    ? exists(place).statedIn(IF_NONE_MATCH, null, current).causedBy(refused)
                    : changed(place, failed.header(), null, current, purpose).causedBy(refused);
        }
        return refused instanceof ConflictException.PreconditionRequired && purpose == Purpose.STORE
                ? exists(place).causedBy(refused)
                : refused;
    }

    private static ConflictException.File elsewhere(ConflictException.File refusal) {
        return refusal.way("elsewhere", Map.of());
    }

    private static ConflictException.File rename(ConflictException.File refusal, Place place, int extensionAt)
            throws IOException {
        String free = freeName(place, extensionAt);
        return refusal.way("rename", free == null ? Map.of() : Map.of("name", free));
    }

    private static int extensionAt(String leaf) {
        int dot = leaf.lastIndexOf('.');
        return dot > 0 ? dot : leaf.length();
    }

    /** Counts up from the number that the name has in parentheses, else from 2; null if no try finds a free name. */
    private static @Nullable String freeName(Place place, int extensionAt) throws IOException {
        String leaf = place.name().leaf();
        String extension = leaf.substring(extensionAt);
        String stem = leaf.substring(0, extensionAt);
        int open = numberAt(stem);
        int next = open < 0 ? 2 : Integer.parseInt(stem.substring(open + 2, stem.length() - 1)) + 1;
        String base = open < 0 ? stem : stem.substring(0, open);
        for (int number = next; number < next + MAX_TRIES; number++) {
            String candidate = fitting(base, " (" + number + ")" + extension);
            String name = place.name().siblingNamed(candidate);
            if (name.length() <= FileName.MAX_LENGTH && FileName.isUsable(candidate) && place.isFree(candidate)) {
                return name;
            }
        }
        return null;
    }

    /** Returns where a number in parentheses with its space starts that ends the stem, -1 if there is none. */
    private static int numberAt(String stem) {
        int open = stem.lastIndexOf(" (");
        int digits = stem.length() - 1 - (open + 2);
        if (open <= 0 || !stem.endsWith(")") || digits < 1 || digits > 6) {
            return -1;
        }
        boolean number = stem.substring(open + 2, stem.length() - 1).chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? open : -1;
    }

    /** Shortens the base until the whole has the length that a part may have. */
    private static String fitting(String base, String suffix) {
        int room = FileName.MAX_PART_BYTES - suffix.getBytes(StandardCharsets.UTF_8).length;
        int end = base.length();
        while (end > 0 && base.substring(0, end).getBytes(StandardCharsets.UTF_8).length > room) {
            end = base.offsetByCodePoints(end, -1);
        }
        return base.substring(0, end) + suffix;
    }

    /** A header field, its name first: an answer reads the same on every machine. */
    private static Map<String, Object> field(String header, String value) {
        Map<String, Object> field = new LinkedHashMap<>();
        field.put("header", header);
        field.put("value", value);
        return field;
    }
}
