package dev.conflict.sql;

import dev.conflict.sql.SqlFailure.Evidence;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads names out of the texts of MySQL and MariaDB.
 *
 * <pre>
 * Duplicate entry 'the value' for key 'uk_name'
 * Duplicate entry 'the value' for key 'users.uk_name'                                    MySQL from 8.0.19 on
 * Cannot add or update a child row: a foreign key constraint fails (`d`.`child`, CONSTRAINT `fk` FOREIGN KEY (`a`) …
 * Check constraint 'ck' is violated.                                                     MySQL
 * CONSTRAINT `ck` failed for `d`.`child`                                                 MariaDB
 * Column 'name' cannot be null
 * </pre>
 *
 * <p>Only the first one holds a value, and holds it before the name. So the name is what stands behind the <em>last</em>
 * {@code for key}, at the very end, and a text that the server may have cut off tells none.
 */
final class MySqlMessage {
    /** The server's buffer has 512 bytes; a text of nearly that length may have lost its end. */
    private static final int CUT_OFF_BYTES = 480;

    private static final int MOST_BYTES_OF_A_CHAR = 3;

    private MySqlMessage() {}

    /** Without what MariaDB's driver puts before each text: {@code (conn=123) }. */
    static String withoutConnection(String text) {
        if (!text.startsWith("(conn=")) {
            return text;
        }
        int end = text.indexOf(") ");
        return end < 0 ? text : text.substring(end + 2);
    }

    static SchemaNames duplicate(String text, boolean mayNameTable) {
        String name = keyName(text, "Duplicate entry '", "' for key '");
        if (name == null) {
            name = keyName(text, "Doppelter Eintrag '", "' für Schlüssel '");
        }
        if (name == null) {
            return SchemaNames.NONE;
        }
        int dot = mayNameTable ? name.lastIndexOf('.') : -1;
        return dot <= 0 || dot == name.length() - 1
                ? SchemaNames.read(null, null, name)
                : SchemaNames.read(null, name.substring(0, dot), name.substring(dot + 1));
    }

    private static @Nullable String keyName(String text, String start, String separator) {
        int last = text.lastIndexOf(separator);
        if (last < start.length() || !text.startsWith(start) || !text.endsWith("'") || mayBeCutOff(text)) {
            return null;
        }
        int from = last + separator.length();
        return from < text.length() - 1 ? text.substring(from, text.length() - 1) : null;
    }

    private static boolean mayBeCutOff(String text) {
        return text.length() * MOST_BYTES_OF_A_CHAR >= CUT_OFF_BYTES
                && text.getBytes(StandardCharsets.UTF_8).length >= CUT_OFF_BYTES;
    }

    /** In every language the same stands in parentheses. */
    static SchemaNames foreignKey(String text) {
        Cursor cursor = new Cursor(text, Math.max(0, text.indexOf("(`") + 1));
        String schema = cursor.quoted('`');
        String table = cursor.follows(".") ? cursor.quoted('`') : null;
        String name = cursor.follows(", CONSTRAINT ") ? cursor.quoted('`') : null;
        if (schema == null || table == null || name == null) {
            return SchemaNames.NONE;
        }
        return new SchemaNames(schema, table, columns(cursor), name, null, Evidence.ANCHORED_TEXT);
    }

    private static List<String> columns(Cursor cursor) {
        List<String> columns = new ArrayList<>();
        boolean more = cursor.follows(" FOREIGN KEY (");
        while (more) {
            String column = cursor.quoted('`');
            if (column == null) {
                return List.of();
            }
            columns.add(column);
            more = cursor.follows(", ");
        }
        return cursor.follows(")") ? List.copyOf(columns) : List.of();
    }

    static SchemaNames check(String text) {
        Cursor cursor = new Cursor(text, 0);
        if (cursor.follows("Check constraint '")) {
            return SchemaNames.read(null, null, cursor.upTo("' is violated."));
        }
        if (!cursor.follows("CONSTRAINT ")) {
            return SchemaNames.NONE;
        }
        String name = cursor.quoted('`');
        String schema = cursor.follows(" failed for ") ? cursor.quoted('`') : null;
        String table = cursor.follows(".") ? cursor.quoted('`') : null;
        return name == null ? SchemaNames.NONE : SchemaNames.read(schema, table, name);
    }

    /** In every language the column is all that stands in quotes. */
    static SchemaNames column(String text) {
        Cursor cursor = new Cursor(text, text.indexOf('\'') + 1);
        return SchemaNames.column(null, null, cursor.upTo("'"));
    }
}
