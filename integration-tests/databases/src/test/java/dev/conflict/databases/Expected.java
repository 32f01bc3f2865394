package dev.conflict.databases;

import dev.conflict.sql.SqlFailure.Evidence;
import dev.conflict.sql.SqlFailure.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one database is to say of a row, in lower case: {@code ROW | kind | constraint | table | columns | evidence}, or
 * {@code ROW | impossible | why}.
 */
record Expected(
        @Nullable Kind kind,
        @Nullable String constraint,
        @Nullable String table,
        List<String> columns,
        Evidence evidence,
        String impossible) {

    /** Reads a table, which has to have each row once. */
    static Map<Row, Expected> table(String text) {
        Map<Row, Expected> table = new EnumMap<>(Row.class);
        for (String line : text.lines().filter(line -> !line.isBlank()).toList()) {
            List<String> cells = new ArrayList<>(
                    Arrays.stream(line.split("\\|", -1)).map(String::strip).toList());
            Row row = Row.valueOf(cells.get(0));
            if (table.put(row, of(cells)) != null) {
                throw new IllegalArgumentException("twice: " + row);
            }
        }
        return table;
    }

    private static Expected of(List<String> cells) {
        if (cells.get(1).equals("impossible")) {
            return new Expected(null, null, null, List.of(), Evidence.CODE_ONLY, cells.get(2));
        }
        while (cells.size() < 6) {
            cells.add("");
        }
        return new Expected(
                Kind.valueOf(cells.get(1)),
                name(cells.get(2)),
                name(cells.get(3)),
                cells.get(4).isEmpty() ? List.of() : List.of(cells.get(4).split(", ", -1)),
                cells.get(5).isEmpty() ? Evidence.CODE_ONLY : Evidence.valueOf(cells.get(5)),
                "");
    }

    private static @Nullable String name(String cell) {
        return cell.isEmpty() ? null : cell;
    }
}
