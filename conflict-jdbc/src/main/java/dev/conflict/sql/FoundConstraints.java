package dev.conflict.sql;

import dev.conflict.sql.FoundConstraint.Sort;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the constraints of the tables in a connection's schema. */
final class FoundConstraints {
    private static final String STANDARD = "select table_schema, table_name, constraint_name, constraint_type"
            + " from information_schema.table_constraints where table_schema = ?";

    private static final String POSTGRESQL = "select n.nspname, t.relname, c.conname,"
            + " case c.contype when 'p' then 'PRIMARY KEY' when 'u' then 'UNIQUE' when 'f' then 'FOREIGN KEY'"
            + " when 'c' then 'CHECK' when 'x' then 'EXCLUSION' else 'OTHER' end"
            + " from pg_constraint c join pg_class t on t.oid = c.conrelid join pg_namespace n on n.oid = t.relnamespace"
            + " where n.nspname = ?";

    private static final String DERBY = "select s.schemaname, t.tablename, c.constraintname,"
            + " case c.type when 'P' then 'PRIMARY KEY' when 'U' then 'UNIQUE' when 'F' then 'FOREIGN KEY'"
            + " when 'C' then 'CHECK' else 'OTHER' end"
            + " from sys.sysconstraints c join sys.systables t on t.tableid = c.tableid"
            + " join sys.sysschemas s on s.schemaid = t.schemaid where s.schemaname = ?";

    private final Set<FoundConstraint> found = new LinkedHashSet<>();
    private final Set<Sort> judged = EnumSet.of(Sort.UNIQUE, Sort.PRIMARY_KEY, Sort.FOREIGN_KEY, Sort.NOT_NULL);

    private FoundConstraints() {}

    static FoundConstraints in(Connection connection) throws SQLException {
        FoundConstraints all = new FoundConstraints();
        DatabaseMetaData metaData = connection.getMetaData();
        String product = metaData.getDatabaseProductName().toLowerCase(Locale.ROOT);
        boolean mySql = product.contains("mysql") || product.contains("mariadb");
        String query = query(product);
        if (query != null) {
            all.judged.addAll(EnumSet.of(Sort.CHECK, Sort.EXCLUSION));
            all.ask(connection, query, mySql ? connection.getCatalog() : connection.getSchema());
        }
        boolean columnsForNames = product.contains("sqlite");
        try (ResultSet tables = metaData.getTables(
                connection.getCatalog(), connection.getSchema(), "%", new String[] {"TABLE", "BASE TABLE"})) {
            while (tables.next()) {
                Table table = new Table(
                        tables.getString("TABLE_CAT"), tables.getString("TABLE_SCHEM"), tables.getString("TABLE_NAME"));
                if (query == null) {
                    all.keys(metaData, table);
                }
                all.indexes(metaData, table, columnsForNames);
                all.columns(metaData, table);
            }
        }
        return all;
    }

    private static @Nullable String query(String product) {
        if (product.contains("postgresql")) {
            return POSTGRESQL;
        }
        if (product.contains("derby")) {
            return DERBY;
        }
        return product.equals("h2")
                        || product.contains("hsql")
                        || product.contains("mysql")
                        || product.contains("mariadb")
                ? STANDARD
                : null;
    }

    private record Table(@Nullable String catalog, @Nullable String schema, String name) {}

    List<FoundConstraint> all() {
        return List.copyOf(found);
    }

    /** Tells whether the product tells all constraints of this sort, so that one that was not found is not there. */
    boolean knowsAll(Sort sort) {
        return judged.contains(sort);
    }

    private void ask(Connection connection, String query, @Nullable String schema) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(query)) {
            select.setString(1, schema);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    Sort sort = sort(rows.getString(4));
                    // HSQLDB has a check for each column that may not be null.
                    if (sort != null
                            && !(sort == Sort.CHECK && rows.getString(3).startsWith("SYS_CT_"))) {
                        found.add(new FoundConstraint(rows.getString(1), rows.getString(2), rows.getString(3), sort));
                    }
                }
            }
        }
    }

    private static @Nullable Sort sort(String type) {
        return switch (type.strip()) {
            case "PRIMARY KEY" -> Sort.PRIMARY_KEY;
            case "UNIQUE" -> Sort.UNIQUE;
            case "FOREIGN KEY", "REFERENTIAL" -> Sort.FOREIGN_KEY;
            case "CHECK" -> Sort.CHECK;
            case "EXCLUSION" -> Sort.EXCLUSION;
            default -> null;
        };
    }

    private void keys(DatabaseMetaData metaData, Table table) throws SQLException {
        try (ResultSet keys = metaData.getPrimaryKeys(table.catalog, table.schema, table.name)) {
            while (keys.next()) {
                add(table, keys.getString("PK_NAME"), Sort.PRIMARY_KEY);
            }
        }
        try (ResultSet keys = metaData.getImportedKeys(table.catalog, table.schema, table.name)) {
            while (keys.next()) {
                add(table, keys.getString("FK_NAME"), Sort.FOREIGN_KEY);
            }
        }
    }

    private void indexes(DatabaseMetaData metaData, Table table, boolean columnsForNames) throws SQLException {
        Map<String, List<String>> indexes = new LinkedHashMap<>();
        try (ResultSet rows = metaData.getIndexInfo(table.catalog, table.schema, table.name, true, true)) {
            while (rows.next()) {
                String name = rows.getString("INDEX_NAME");
                if (name != null) {
                    indexes.computeIfAbsent(name, key -> new ArrayList<>())
                            .add(String.valueOf(rows.getString("COLUMN_NAME")));
                }
            }
        }
        indexes.forEach((name, columns) -> {
            if (columnsForNames) {
                add(table, String.join(",", columns), Sort.UNIQUE);
            } else if (!belongsToAConstraint(table, name)) {
                add(table, name, Sort.UNIQUE);
            }
        });
    }

    /** H2 names it after the constraint, the others give it the same name, or a number where the constraint has a name. */
    private boolean belongsToAConstraint(Table table, String index) {
        return found.stream()
                .filter(each -> each.table().equals(table.name))
                .anyMatch(each -> index.equals(each.name())
                        || index.startsWith(each.name() + "_INDEX_")
                        || new FoundConstraint(null, table.name, index, Sort.UNIQUE).isGenerated());
    }

    private void columns(DatabaseMetaData metaData, Table table) throws SQLException {
        try (ResultSet columns = metaData.getColumns(table.catalog, table.schema, table.name, "%")) {
            while (columns.next()) {
                if (columns.getInt("NULLABLE") == DatabaseMetaData.columnNoNulls) {
                    add(table, columns.getString("COLUMN_NAME"), Sort.NOT_NULL);
                }
            }
        }
    }

    private void add(Table table, @Nullable String name, Sort sort) {
        if (name != null) {
            found.add(new FoundConstraint(table.schema, table.name, name, sort));
        }
    }
}
