package dev.conflict.jpa;

import jakarta.persistence.Column;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Table;
import java.lang.reflect.AnnotatedElement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Locale;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** How finely the column of a version that is a moment tells two of them apart, as the database says. */
final class MomentColumn {
    private MomentColumn() {}

    /** Returns the digits of a second that the column keeps; empty if nobody can tell, as this is only for a message. */
    static OptionalInt digits(EntityManager em, Class<?> type) {
        try {
            EntityAttribute version = EntityAttribute.version(em.getEntityManagerFactory(), type);
            Column column = ((AnnotatedElement) version.member()).getAnnotation(Column.class);
            Table table = type.getAnnotation(Table.class);
            Connection connection = connection(em);
            return connection == null
                    ? OptionalInt.empty()
                    : digits(
                            connection.getMetaData(),
                            table == null || table.name().isEmpty()
                                    ? em.getMetamodel().entity(type).getName()
                                    : table.name(),
                            column == null || column.name().isEmpty() ? version.name() : column.name());
        } catch (SQLException | ReflectiveOperationException | RuntimeException unknown) {
            return OptionalInt.empty();
        }
    }

    /** Naming strategies change case and underscores, so all tables are looked through. */
    private static OptionalInt digits(DatabaseMetaData database, String table, String column) throws SQLException {
        OptionalInt found = OptionalInt.empty();
        try (ResultSet columns = database.getColumns(null, null, "%", "%")) {
            while (columns.next()) {
                int kind = columns.getInt("DATA_TYPE");
                if ((kind == Types.TIMESTAMP || kind == Types.TIMESTAMP_WITH_TIMEZONE)
                        && plain(columns.getString("TABLE_NAME")).equals(plain(table))
                        && plain(columns.getString("COLUMN_NAME")).equals(plain(column))) {
                    int digits = columns.getInt("DECIMAL_DIGITS");
                    if (columns.wasNull()) {
                        digits = ofLength(columns.getInt("COLUMN_SIZE"));
                    }
                    if (digits < 0) {
                        return OptionalInt.empty();
                    }
                    if (found.isPresent() && found.getAsInt() != digits) {
                        return OptionalInt.empty(); // two schemas differ
                    }
                    found = OptionalInt.of(digits);
                }
            }
        }
        return found;
    }

    /** MariaDB tells how long a moment is when it is written down: {@code 2026-11-23 10:00:00.123}; negative for no moment. */
    private static int ofLength(int characters) {
        return characters == 19 ? 0 : Math.max(-1, Math.min(9, characters - 20));
    }

    private static String plain(String name) {
        return name.replace("_", "").toLowerCase(Locale.ROOT);
    }

    /** The connection of the transaction, which stays the provider's. */
    private static @Nullable Connection connection(EntityManager em) throws ReflectiveOperationException {
        Object delegate = em.getDelegate();
        if (!delegate.getClass().getName().startsWith("org.hibernate.")) {
            return em.unwrap(Connection.class);
        }
        ClassLoader provider = delegate.getClass().getClassLoader();
        Class<?> session = Class.forName("org.hibernate.engine.spi.SharedSessionContractImplementor", false, provider);
        Object coordinator = session.getMethod("getJdbcCoordinator").invoke(em.unwrap(session));
        Object logical = Class.forName("org.hibernate.engine.jdbc.spi.JdbcCoordinator", false, provider)
                .getMethod("getLogicalConnection")
                .invoke(coordinator);
        return (Connection)
                Class.forName("org.hibernate.resource.jdbc.spi.LogicalConnectionImplementor", false, provider)
                        .getMethod("getPhysicalConnection")
                        .invoke(logical);
    }
}
