package dev.conflict.sql;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A constraint that a database has.
 *
 * @param schema of the table
 * @param table that has it
 * @param name its name, or its columns where the product names none
 * @param sort which sort it is
 */
record FoundConstraint(@Nullable String schema, String table, String name, Sort sort) {
    enum Sort {
        PRIMARY_KEY,
        UNIQUE,
        FOREIGN_KEY,
        CHECK,
        EXCLUSION,
        NOT_NULL
    }

    /** What H2, HSQLDB, Derby and Db2, SQLite, Oracle and SQL Server call a constraint that nobody named. */
    private static final Pattern GENERATED = Pattern.compile("CONSTRAINT_(INDEX_)?[0-9A-F]+"
            + "|PRIMARY_KEY_[0-9A-F]+"
            + "|SYS_[A-Z]+_[0-9]+(_[0-9]+)?"
            + "|SQL[0-9A-Fa-f-]{10,}"
            + "|sqlite_autoindex_.*"
            + "|SYS_C[0-9]+"
            + "|(PK|UQ|FK|CK)__.+__[0-9A-F]{8,16}");

    boolean isGenerated() {
        return GENERATED.matcher(name).matches();
    }

    SchemaNames names() {
        return SchemaNames.read(schema, table, name);
    }

    /** The table and the name, for a report. */
    String text() {
        return table + "." + name;
    }
}
