package dev.conflict.sql;

import dev.conflict.sql.SqlFailure.Evidence;
import dev.conflict.sql.SqlFailure.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads names out of the text of an H2 exception, which repeats values and SQL as well.
 *
 * <p>In every language of H2 the text is a sentence without double quotes, and then one quoted argument with doubled
 * quotes inside. The names stand at the argument's very start and are followed by words of H2's own; values come later.
 * What is read is therefore anchored at the first double quote, and reading stops before the first value:
 *
 * <pre>
 * … : "PUBLIC.UK_NAME INDEX PUBLIC.UK_NAME_INDEX_5 ON PUBLIC.P(NAME NULLS FIRST) VALUES ( … )"; … [23505-252]
 * … : "PUBLIC.PK_P PRIMARY KEY ON PUBLIC.P(ID) ( … )"                                            from 2.4 on
 * … : "PUBLIC.UK_NAME_INDEX_5 ON PUBLIC.P(NAME NULLS FIRST) VALUES ( … )"                        before 2.4
 * … : "PRIMARY KEY ON PUBLIC.P(ID) ( … )"                                                        before 2.4
 * … : "FK_C: PUBLIC.C FOREIGN KEY(PID) REFERENCES … ( … )"
 * … : "CK_Q: …"
 * … "NN" …
 * </pre>
 */
final class H2Message {
    /** The first build that names the constraint and not its index alone (2.4.240). */
    private static final int NAMES_CONSTRAINTS = 240;

    private final String text;
    private int next;

    private H2Message(String text, int start) {
        this.text = text;
        this.next = start;
    }

    static SchemaNames names(Kind kind, String text) {
        int quote = text.indexOf('"');
        if (quote < 0) {
            return SchemaNames.NONE;
        }
        H2Message message = new H2Message(text, quote + 1);
        return switch (kind) {
            case UNIQUE -> message.unique();
            case FK_PARENT_MISSING, FK_CHILD_EXISTS -> message.foreignKey();
            case CHECK -> message.check();
            case NOT_NULL -> message.column();
            default -> SchemaNames.NONE;
        };
    }

    private SchemaNames unique() {
        Name name = name();
        if (name == null || follows(" KEY ON ")) {
            return SchemaNames.NONE; // a primary key of which only the table is told
        }
        if (follows(" INDEX ")) {
            Name index = name();
            return index != null && follows(" ON ") ? constraint(name, name(), null) : SchemaNames.NONE;
        }
        if (follows(" PRIMARY KEY ON ")) {
            return constraint(name, name(), null);
        }
        return follows(" ON ")
                ? constraint(name, name(), build() < NAMES_CONSTRAINTS ? indexOf(name.last) : null)
                : SchemaNames.NONE;
    }

    private SchemaNames foreignKey() {
        Name name = name();
        if (name == null || !follows(": ")) {
            return SchemaNames.NONE;
        }
        Name table = name();
        return follows(" FOREIGN KEY") ? constraint(name, table, null) : SchemaNames.NONE;
    }

    private SchemaNames check() {
        Name name = name();
        return name != null && follows(": ") ? constraint(name, null, null) : SchemaNames.NONE;
    }

    /** The whole argument is the column; some versions put schema and table before it. */
    private SchemaNames column() {
        Name name = name();
        return name != null && next < text.length() && text.charAt(next) == '"'
                ? SchemaNames.column(null, null, name.last)
                : SchemaNames.NONE;
    }

    private SchemaNames constraint(Name name, @Nullable Name table, @Nullable String indexOf) {
        String schema = name.first != null ? name.first : table == null ? null : table.first;
        return new SchemaNames(
                schema, table == null ? null : table.last, columns(), name.last, indexOf, Evidence.ANCHORED_TEXT);
    }

    /** {@code (NAME NULLS FIRST, "odd name" DESC)}, which stands behind the table; a value can only come later. */
    private List<String> columns() {
        List<String> columns = new ArrayList<>();
        boolean more = follows("(");
        while (more) {
            String column = identifier();
            if (column == null) {
                return List.of();
            }
            columns.add(column);
            while (follows(" ASC") || follows(" DESC") || follows(" NULLS FIRST") || follows(" NULLS LAST")) {
                // how the index is sorted
            }
            more = follows(", ");
        }
        return follows(")") ? columns : List.of();
    }

    /** The constraint of an index that H2 named {@code <constraint>_INDEX_<hexadecimal digits>}. */
    private static @Nullable String indexOf(String index) {
        int digits = index.length();
        while (digits > 0 && Character.digit(index.charAt(digits - 1), 16) >= 0) {
            digits--;
        }
        String stem = index.substring(0, digits);
        return digits < index.length() && stem.endsWith("_INDEX_")
                ? stem.substring(0, stem.length() - "_INDEX_".length())
                : null;
    }

    /** The build of H2, from the end of the text ({@code [23505-252]}), where H2 and nobody else writes. */
    private int build() {
        int dash = text.lastIndexOf('-');
        if (dash < 0 || !text.endsWith("]")) {
            return Integer.MAX_VALUE;
        }
        try {
            return Integer.parseInt(text, dash + 1, text.length() - 1, 10);
        } catch (NumberFormatException unknown) {
            return Integer.MAX_VALUE;
        }
    }

    /** A name with or without its schema. */
    private record Name(@Nullable String first, String last) {}

    private @Nullable Name name() {
        String one = identifier();
        if (one == null || !follows(".")) {
            return one == null ? null : new Name(null, one);
        }
        String two = identifier();
        return two == null ? null : new Name(one, two);
    }

    private @Nullable String identifier() {
        return follows("\"\"") ? quoted() : plain();
    }

    private @Nullable String plain() {
        int start = next;
        while (next < text.length() && Character.isJavaIdentifierPart(text.charAt(next))) {
            next++;
        }
        return next == start ? null : text.substring(start, next);
    }

    /** Inside the argument every double quote is doubled, and inside a quoted identifier once more. */
    private @Nullable String quoted() {
        StringBuilder identifier = new StringBuilder();
        while (next < text.length()) {
            if (follows("\"\"\"\"")) {
                identifier.append('"');
            } else if (follows("\"\"")) {
                return identifier.toString();
            } else {
                identifier.append(text.charAt(next++));
            }
        }
        return null;
    }

    private boolean follows(String expected) {
        if (!text.startsWith(expected, next)) {
            return false;
        }
        next += expected.length();
        return true;
    }
}
