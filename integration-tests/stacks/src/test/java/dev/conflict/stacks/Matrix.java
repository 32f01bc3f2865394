package dev.conflict.stacks;

import dev.conflict.containers.OurLog;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.LogManager;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What became of every cell. */
final class Matrix {
    private final Set<Cell> run = new LinkedHashSet<>();
    private final Map<Stack, String> impossible = new LinkedHashMap<>();
    private final List<String> wrong = new ArrayList<>();
    private final List<String> ids = new ArrayList<>();
    private final List<OurLog.Line> log = new ArrayList<>();

    private Matrix() {}

    /** Plays some cells, the stacks one after the other. */
    static Matrix play(List<Cell> cells) throws Exception {
        LogManager.getLogManager().reset(); // every exception that is thrown on purpose would be printed
        Matrix matrix = new Matrix();
        OurLog ours = OurLog.open();
        Map<Stack, List<Cell>> stacks =
                cells.stream().collect(Collectors.groupingBy(Cell::stack, LinkedHashMap::new, Collectors.toList()));
        for (Map.Entry<Stack, List<Cell>> each : stacks.entrySet()) {
            try (LoadedStack stack = new LoadedStack(each.getKey())) {
                String failure = stack.failure();
                if (!failure.isEmpty()) {
                    matrix.impossible.put(each.getKey(), failure);
                    continue;
                }
                for (Cell cell : each.getValue()) {
                    matrix.run.add(cell);
                    Check.Outcome outcome = Check.of(cell, stack);
                    outcome.wrong().forEach(difference -> matrix.wrong.add(cell + ": " + difference));
                    matrix.ids.add(outcome.id());
                }
            }
        }
        ours.close();
        matrix.log.addAll(ours.lines());
        matrix.ids.removeIf(String::isEmpty);
        return matrix;
    }

    Set<Cell> run() {
        return run;
    }

    /** Stacks that do not serve the simplest request, with the error seen. */
    Map<Stack, String> impossible() {
        return impossible;
    }

    /** The ids of the problems that came with a body. */
    List<String> ids() {
        return ids;
    }

    /** What we logged meanwhile. */
    List<OurLog.Line> log() {
        return log;
    }

    /** Every difference between what came and what was expected. */
    List<String> wrong() {
        return wrong;
    }

    /** A line a stack: at each moment how many cells ran, and what came in them; then what is impossible, and the limits. */
    String table(List<Cell> all) {
        Map<Stack, List<Cell>> stacks =
                all.stream().collect(Collectors.groupingBy(Cell::stack, LinkedHashMap::new, Collectors.toList()));
        StringBuilder table = new StringBuilder("| stack | ")
                .append(Stream.of(Moment.values()).map(Moment::toString).collect(Collectors.joining(" | ")))
                .append(" |\n|---|")
                .append("---|".repeat(Moment.values().length))
                .append('\n');
        stacks.forEach((stack, cells) -> table.append("| ")
                .append(stack)
                .append(" | ")
                .append(Stream.of(Moment.values())
                        .map(moment -> entry(
                                stack,
                                cells.stream()
                                        .filter(cell -> cell.moment() == moment)
                                        .toList()))
                        .collect(Collectors.joining(" | ")))
                .append(" |\n"));
        table.append(
                "p: the problem; w: as without the filter; w1, w2, ...: so although others like it are answered, because\n");
        for (int i = 0; i < Expected.LIMITS.size(); i++) {
            table.append("  ")
                    .append(i + 1)
                    .append(". ")
                    .append(Expected.LIMITS.get(i).why())
                    .append('\n');
        }
        long excluded = all.stream()
                .filter(cell -> impossible.containsKey(cell.stack()))
                .count();
        return table.append("cells: %d run, %d skipped, %d impossible; %d differences%n"
                        .formatted(run.size(), all.size() - run.size() - excluded, excluded, wrong.size()))
                .toString();
    }

    private String entry(Stack stack, List<Cell> cells) {
        if (impossible.containsKey(stack)) {
            return "impossible: " + impossible.get(stack);
        }
        List<Cell> ran = cells.stream().filter(run::contains).toList();
        String outcomes = ran.stream().map(Matrix::outcome).distinct().sorted().collect(Collectors.joining(" "));
        return ran.size() + "/" + cells.size() + (outcomes.isEmpty() ? "" : " ") + outcomes;
    }

    private static String outcome(Cell cell) {
        return Expected.limit(cell)
                .filter(limit -> cell.moment() != Moment.COMMITTED)
                .map(limit -> "w" + (Expected.LIMITS.indexOf(limit) + 1))
                .orElse(Expected.of(cell) == Expected.PROBLEM ? "p" : "w");
    }
}
