/** What a database says about a conflict, and where the state of one is kept. */
module dev.conflict.jdbc {
    requires transitive dev.conflict.core;
    requires transitive java.sql;
    requires static transitive org.jspecify;

    exports dev.conflict.sql;

    uses dev.conflict.sql.SqlDialect;

    provides dev.conflict.ConflictReader with
            dev.conflict.sql.SqlConflictReader;
}
