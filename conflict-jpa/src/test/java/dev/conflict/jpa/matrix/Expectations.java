package dev.conflict.jpa.matrix;

/** What is to come of each event, see {@link Expected}. */
final class Expectations {
    static final String TABLE = """
            unique value taken, at the flush | uniqueness 409
            unique value taken, at the commit | uniqueness 409
            unique value taken, in a batch | uniqueness 409
            unique value taken, with an identifier from the database | uniqueness 409 | ECLIPSELINK SQLITE = impossible: SQLiteException: [SQLITE_ERROR] SQL error or missing database (no such table: SEQUENCE)
            deferred unique value taken, at the commit | uniqueness 409 | H2 = impossible: JdbcSQLSyntaxErrorException: Syntax error in SQL statement "create table late (id bigint not null, constraint … | HSQLDB = impossible: HsqlException: unexpected token: DEFERRABLE | SQLITE = impossible: SQLiteException: [SQLITE_ERROR] SQL error or missing database (near "deferrable": syntax error) | MARIADB = impossible: SQLSyntaxErrorException: You have an error in your SQL syntax; check the manual that corresponds to your Maria…
            identifier taken by a managed entity | unspecified 409
            identifier taken by a row | unspecified 409
            detached entity persisted | unspecified 409
            column without a value | integrity 422 | ECLIPSELINK SQLITE = impossible: SQLiteException: [SQLITE_ERROR] SQL error or missing database (no such table: SEQUENCE)
            attribute that is mapped as not nullable without a value | none 500
            check violated | integrity 422 | ECLIPSELINK SQLITE = impossible: SQLiteException: [SQLITE_ERROR] SQL error or missing database (no such table: SEQUENCE)
            parent missing | integrity 422 | SQLITE = none 500
            parent missing, by reference | integrity 422 | ECLIPSELINK = none 500 | SQLITE = none 500
            parent not persisted | none 500
            child exists | dependency 409 | ECLIPSELINK SQLITE = impossible: SQLiteException: [SQLITE_ERROR] SQL error or missing database (no such table: SEQUENCE) | SQLITE = none 500
            value too long | none 500 | SQLITE = ok 200
            stated version lost, at the flush | version 412 | HIBERNATE SQLITE = serialization-failure 409
            stated version lost, at the commit | version 412 | HIBERNATE SQLITE = serialization-failure 409
            stated version lost, nothing to write | version 412 | HIBERNATE SQLITE = ok 200
            stated version lost, by a delete | version 412 | HIBERNATE SQLITE = serialization-failure 409
            stated version lost, in a batch | version 412 | HIBERNATE SQLITE = serialization-failure 409
            stated row deleted, then changed | version 412 | HIBERNATE SQLITE = serialization-failure 409
            stated row deleted, then deleted | version 412 | HIBERNATE SQLITE = serialization-failure 409
            version in the body lost | version 409 | HIBERNATE SQLITE = serialization-failure 409
            version lost that nobody stated | version 409 | HIBERNATE SQLITE = serialization-failure 409
            another row lost than was stated | version 409 | HIBERNATE SQLITE = serialization-failure 409
            another row lost than was stated, in a batch | version 409 | HIBERNATE SQLITE = serialization-failure 409
            version moved under an optimistic lock | version 409 | HIBERNATE MARIADB = ok 200 | HIBERNATE SQLITE = ok 200
            stale update without a persistence context | version 409 | ECLIPSELINK = impossible: NoSuchMethodException: org.eclipse.persistence.internal.jpa.EntityManagerFactoryImpl.openStatelessSession()
            stale upsert without a persistence context | version 409 | ECLIPSELINK = impossible: NoSuchMethodException: org.eclipse.persistence.internal.jpa.EntityManagerFactoryImpl.openStatelessSession() | HIBERNATE-6 H2 = ok 200, mine is not stored | HIBERNATE-6 POSTGRESQL = ok 200, mine is not stored | HIBERNATE-6 = unspecified 409 | HIBERNATE SQLITE = unspecified 409
            stale copy merged | version 409
            copy without a version merged | unspecified 409 | ECLIPSELINK = version 409
            copy of a deleted row merged | version 409 | HIBERNATE = ok 200, the row is back
            copy of a deleted row merged, version 0 | ok 200, the row is back
            entity changed under a forced increment | ok 200, version +2 | ECLIPSELINK = ok 200, version +1
            rows changed by one statement | ok 200, version +0 | ECLIPSELINK = ok 200, version +1
            flush that is rolled back | ok 200, in memory +1
            entity persisted again after a failure | ok 200
            lock not given in time, to a find | lock-timeout 409 | HIBERNATE-7 DERBY = impossible: StandardException: Syntax error: Encountered "with" at line 1, column 104. | HIBERNATE HSQLDB = ok 200 | ECLIPSELINK HSQLDB = impossible: HsqlException: unexpected token: NOWAIT | HIBERNATE SQLITE = ok 200 | ECLIPSELINK SQLITE = impossible: SQLiteException: [SQLITE_ERROR] SQL error or missing database (near "FOR": syntax error)
            lock not given in time, to a flush | lock-timeout 409 | HSQLDB = still waits after 5 s
            deadlock under a stated version | deadlock 409 | HSQLDB = serialization-failure 409 | SQLITE = lock-timeout 409
            row newer than the snapshot | serialization-failure 409 | H2 = deadlock 409 | DERBY = lock-timeout 409
            no serial order, at the commit | ok 200 | POSTGRESQL = serialization-failure 409 | SQLITE = serialization-failure 409 | DERBY = lock-timeout 409 | MARIADB = lock-timeout 409
            statement that takes too long | none 500 | HSQLDB = ok 200, too late | SQLITE = ok 200, too late
            version set by hand | ok 200, theirs is lost | ECLIPSELINK = version 409
            version set by hand: guarded | version 409
            compared in another transaction | ok 200, theirs is lost
            compared in another transaction: guarded | version 412
            deleted after a comparison in another transaction | ok 200
            deleted after a comparison in another transaction: guarded | version 412
            nothing changed | ok 200
            nothing changed: guarded | version 412 | HIBERNATE SQLITE = ok 200
            part added | ok 200 | HIBERNATE SQLITE = serialization-failure 409
            part added: guarded | version 412 | HIBERNATE SQLITE = serialization-failure 409
            snapshot older than the comparison | version 412 | HIBERNATE MARIADB = ok 200 | HIBERNATE SQLITE = serialization-failure 409
            snapshot older than the comparison: guarded | version 412 | HIBERNATE SQLITE = serialization-failure 409
            two parts added | ok 200 | HIBERNATE SQLITE = serialization-failure 409
            two parts added: guarded | version 412 | HIBERNATE SQLITE = serialization-failure 409
            rows changed by one statement: guarded | version 412, then ok 200, version +1
            failure swallowed, then a commit | ok 200, nothing stored | ECLIPSELINK = none 500, nothing stored
            failure swallowed, then a commit: guarded | none 500, nothing stored
            two changes in one second, version of whole seconds | ok 200, theirs is lost | ECLIPSELINK H2 = impossible: ConversionException: Exception Description: The object […], of class [class java.time.OffsetDateTime], could n… | ECLIPSELINK HSQLDB = impossible: ConversionException: Exception Description: The object […], of class [class java.time.OffsetDateTime], could n… | DERBY = version 409 | HIBERNATE SQLITE = serialization-failure 409 | ECLIPSELINK SQLITE = version 409
            two changes in some milliseconds, version of those | version 409 | ECLIPSELINK H2 = impossible: ConversionException: Exception Description: The object […], of class [class java.time.OffsetDateTime], could n… | ECLIPSELINK HSQLDB = impossible: ConversionException: Exception Description: The object […], of class [class java.time.OffsetDateTime], could n… | ECLIPSELINK MARIADB = ok 200, theirs is lost | HIBERNATE SQLITE = serialization-failure 409
            changed twice in one context, version of milliseconds | version 409 | ECLIPSELINK H2 = impossible: ConversionException: Exception Description: The object […], of class [class java.time.OffsetDateTime], could n… | ECLIPSELINK HSQLDB = impossible: ConversionException: Exception Description: The object […], of class [class java.time.OffsetDateTime], could n… | ECLIPSELINK POSTGRESQL = version 409 | ECLIPSELINK = ok 200 | DERBY = ok 200 | HSQLDB = ok 200 | SQLITE = ok 200
            version of whole seconds: guarded | refused, the column keeps whole seconds | ECLIPSELINK H2 = impossible: ConversionException: Exception Description: The object […], of class [class java.time.OffsetDateTime], could n… | ECLIPSELINK HSQLDB = impossible: ConversionException: Exception Description: The object […], of class [class java.time.OffsetDateTime], could n… | DERBY = refused, the column keeps 9 digits of a second | SQLITE = refused
            version of milliseconds: guarded | refused, the column keeps 3 digits of a second | ECLIPSELINK H2 = impossible: ConversionException: Exception Description: The object […], of class [class java.time.OffsetDateTime], could n… | ECLIPSELINK HSQLDB = impossible: ConversionException: Exception Description: The object […], of class [class java.time.OffsetDateTime], could n… | DERBY = refused, the column keeps 9 digits of a second | SQLITE = refused
            """;

    private Expectations() {}
}
