package dev.conflict.sql;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A declared name: {@code uk_email}, or {@code users.uk_email} with its schema, table or both before it. */
record ConstraintName(String declared, List<String> qualifiers, String last) {
    static ConstraintName parse(String declared) {
        List<String> parts = List.of(declared.toLowerCase(Locale.ROOT).split("\\.", -1));
        if (parts.size() > 3 || parts.stream().anyMatch(part -> part.isBlank() || !part.equals(part.strip()))) {
            throw new IllegalArgumentException(
                    "A constraint is declared as name, table.name or schema.table.name, not \"" + declared + '"');
        }
        return new ConstraintName(declared, parts.subList(0, parts.size() - 1), parts.get(parts.size() - 1));
    }

    /** Tells whether both mean one constraint: the last names are the same, and no qualifier tells them apart. */
    boolean overlaps(ConstraintName other) {
        boolean wider = qualifiers.size() >= other.qualifiers.size();
        List<String> longer = wider ? qualifiers : other.qualifiers;
        List<String> shorter = wider ? other.qualifiers : qualifiers;
        return last.equals(other.last) && longer.containsAll(shorter);
    }

    /** Tells whether a reported name is this one, as far as the product tells schema and table. */
    boolean is(String reported, SchemaNames names) {
        if (!last.equalsIgnoreCase(reported)) {
            return false;
        }
        if (qualifiers.size() == 1) {
            return isTableOrSchema(qualifiers.get(0), names);
        }
        return qualifiers.isEmpty()
                || (fits(qualifiers.get(0), names.schema()) && fits(qualifiers.get(1), names.table()));
    }

    /** One that is told decides: what stands in another table of a product that tells no schema is not meant. */
    private static boolean isTableOrSchema(String qualifier, SchemaNames names) {
        return names.table() == null
                || qualifier.equalsIgnoreCase(names.table())
                || qualifier.equalsIgnoreCase(names.schema());
    }

    /** What a product does not tell cannot speak against a declaration. */
    private static boolean fits(String qualifier, @Nullable String reported) {
        return reported == null || qualifier.equalsIgnoreCase(reported);
    }
}
