package dev.conflict.jpa.matrix;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What came of every event in every cell that is played. */
final class Matrix {
    /** An event in a cell. */
    private record Place(Cell cell, Event event) {}

    private final List<Event> events = Event.all();
    private final Map<String, Expected> expected = Expected.table(Expectations.TABLE);
    private final List<Cell> cells;
    private final Map<Place, String> came = new LinkedHashMap<>();
    private final Map<Cell, String> impossible = new LinkedHashMap<>();

    private Matrix(List<Cell> cells) {
        this.cells = cells;
    }

    static Matrix play(List<Cell> cells) {
        Matrix matrix = new Matrix(cells);
        cells.forEach(matrix::play);
        return matrix;
    }

    private void play(Cell cell) {
        Scene scene;
        try {
            scene = new Scene(cell);
            scene.newDocument();
        } catch (RuntimeException | LinkageError failure) {
            impossible.put(cell, SeenError.line(failure));
            return;
        }
        for (Event event : events) {
            came.put(new Place(cell, event), outcome(event, scene));
        }
    }

    /** What came of it; of what cannot be had, the error that says so. */
    private String outcome(Event event, Scene scene) {
        scene.seen().forget();
        String outcome;
        try {
            outcome = event.play().in(scene);
        } catch (Exception | AssertionError failure) {
            scene.seen().note(failure);
            outcome = "failed: " + scene.seen().line();
        }
        Expected right = expected.get(event.name());
        return right != null && right.isImpossible(scene.cell()) && scene.seen().isAny()
                ? Expected.IMPOSSIBLE + scene.seen().line()
                : outcome;
    }

    /** Cells in which nothing works, with the error seen. */
    Map<Cell, String> impossible() {
        return impossible;
    }

    List<String> eventsWithoutExpectation() {
        return events.stream()
                .map(Event::name)
                .filter(name -> !expected.containsKey(name))
                .toList();
    }

    List<String> expectationsWithoutEvent() {
        List<String> left = new ArrayList<>(expected.keySet());
        left.removeAll(events.stream().map(Event::name).toList());
        return left;
    }

    /** Every difference between what came and what was expected. */
    List<String> wrong() {
        List<String> wrong = new ArrayList<>();
        came.forEach((place, outcome) -> {
            Expected right = expected.get(place.event().name());
            if (right == null || !right.in(place.cell()).equals(outcome)) {
                wrong.add(place.event().name() + ", " + place.cell() + ": " + outcome
                        + (right == null ? "" : ", expected " + right.in(place.cell())));
            }
        });
        return wrong;
    }

    /** A line a database: how many events were played. */
    String support() {
        StringBuilder table = new StringBuilder("| Persistence " + Provider.specification() + " |");
        for (Provider provider : Provider.values()) {
            table.append(' ')
                    .append(provider)
                    .append(' ')
                    .append(provider.version())
                    .append(" |");
        }
        table.append("\n|---|---|---|\n");
        for (Engine engine : Engine.values()) {
            table.append("| ")
                    .append(engine)
                    .append(" | ")
                    .append(Stream.of(Provider.values())
                            .map(provider -> entry(new Cell(engine, provider)))
                            .collect(Collectors.joining(" | ")))
                    .append(" |\n");
        }
        return table.toString();
    }

    /** What came of each event, and where something else did. */
    String outcomes() {
        return "| event | outcome | elsewhere |\n|---|---|---|\n"
                + events.stream().map(this::line).collect(Collectors.joining());
    }

    private String entry(Cell cell) {
        String failure = impossible.get(cell);
        if (failure != null) {
            return "impossible: " + failure;
        }
        if (!cells.contains(cell)) {
            return "skipped";
        }
        List<String> outcomes = came.entrySet().stream()
                .filter(entry -> entry.getKey().cell().equals(cell))
                .map(Map.Entry::getValue)
                .toList();
        long played = outcomes.stream()
                .filter(outcome -> !outcome.startsWith(Expected.IMPOSSIBLE))
                .count();
        return played + " played, " + (outcomes.size() - played) + " impossible";
    }

    /** The outcome that most cells have, and the others. */
    private String line(Event event) {
        Map<String, List<Cell>> outcomes = new LinkedHashMap<>();
        for (Cell cell : cells) {
            String outcome = came.get(new Place(cell, event));
            if (outcome != null) {
                outcomes.computeIfAbsent(outcome, key -> new ArrayList<>()).add(cell);
            }
        }
        List<Map.Entry<String, List<Cell>>> most = outcomes.entrySet().stream()
                .sorted((a, b) -> b.getValue().size() - a.getValue().size())
                .toList();
        return "| " + event.name() + " | " + (most.isEmpty() ? "" : most.get(0).getKey()) + " | "
                + most.stream()
                        .skip(1)
                        .map(entry -> names(entry.getValue()) + ": " + entry.getKey())
                        .collect(Collectors.joining("; "))
                + " |\n";
    }

    /** A provider that stands for all of its cells, or a database for both of its own, is named once. */
    private String names(List<Cell> those) {
        List<String> names = new ArrayList<>();
        List<Cell> left = new ArrayList<>(those);
        for (Provider provider : Provider.values()) {
            take(
                    left,
                    cells.stream().filter(cell -> cell.provider() == provider).toList(),
                    provider.name(),
                    names);
        }
        for (Engine engine : Engine.values()) {
            take(left, cells.stream().filter(cell -> cell.engine() == engine).toList(), engine.name(), names);
        }
        left.forEach(cell -> names.add(cell.toString()));
        return String.join(", ", names);
    }

    private static void take(List<Cell> left, List<Cell> all, String name, List<String> names) {
        if (all.size() > 1 && left.containsAll(all)) {
            left.removeAll(all);
            names.add(name);
        }
    }
}
