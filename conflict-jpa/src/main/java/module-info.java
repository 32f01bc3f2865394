/** Versions and constraints of jakarta.persistence as conflicts. */
module dev.conflict.jpa {
    requires transitive dev.conflict.core;
    requires transitive dev.conflict.jdbc;
    requires transitive jakarta.persistence;
    requires static transitive org.jspecify;

    exports dev.conflict.jpa;

    provides dev.conflict.ConflictReader with
            dev.conflict.jpa.JpaConflictReader;
}
