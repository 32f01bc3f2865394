package dev.conflict.jpa.matrix;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What is to come of an event: everywhere, and where something else comes of it.
 *
 * <pre>{@code
 * event | outcome | WORD WORD = other outcome | WORD = impossible: the error that says so
 * }</pre>
 *
 * <p>The first rule all of whose words a cell has is the one for that cell. What is impossible is tried all the same: it has to
 * fail, and with this very error.
 */
record Expected(String outcome, List<Rule> rules) {
    /** What comes of an event in the cells that have all of these words. */
    record Rule(List<String> words, String outcome) {
        @Override
        public String toString() {
            return String.join(" on ", words) + ": " + outcome;
        }
    }

    static final String IMPOSSIBLE = "impossible: ";

    /** Reads a table, which has to have each event once. */
    static Map<String, Expected> table(String text) {
        Map<String, Expected> table = new LinkedHashMap<>();
        for (String line : text.lines().filter(line -> !line.isBlank()).toList()) {
            List<String> parts =
                    Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
            Expected expected = new Expected(
                    parts.get(1),
                    parts.subList(2, parts.size()).stream().map(Expected::rule).toList());
            if (table.put(parts.get(0), expected) != null) {
                throw new IllegalArgumentException("twice: " + parts.get(0));
            }
        }
        return table;
    }

    /** The table as docs/jpa.md shows it. */
    static String page(Map<String, Expected> table) {
        StringBuilder page = new StringBuilder("| event | outcome | elsewhere |\n|---|---|---|\n");
        table.forEach((event, expected) -> page.append("| ")
                .append(event)
                .append(" | ")
                .append(expected.outcome)
                .append(" | ")
                .append(expected.rules.stream().map(Rule::toString).collect(Collectors.joining("; ")))
                .append(" |\n"));
        return page.toString();
    }

    private static Rule rule(String text) {
        int sign = text.indexOf(" = ");
        return new Rule(List.of(text.substring(0, sign).split(" ", -1)), text.substring(sign + 3));
    }

    String in(Cell cell) {
        return rules.stream()
                .filter(rule -> cell.words().containsAll(rule.words()))
                .findFirst()
                .map(Rule::outcome)
                .orElse(outcome);
    }

    boolean isImpossible(Cell cell) {
        return in(cell).startsWith(IMPOSSIBLE);
    }
}
