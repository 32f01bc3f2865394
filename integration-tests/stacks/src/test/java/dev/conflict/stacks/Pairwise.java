package dev.conflict.stacks;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Chooses few cells such that every two values that stand together in some cell stand together in a chosen one. */
final class Pairwise {
    /** Two values. */
    record Pair(Object one, Object other) {}

    private Pairwise() {}

    /** Takes what covers most of what is left, the first of equals. */
    static List<Cell> of(List<Cell> cells) {
        Set<Pair> left = pairs(cells);
        List<Cell> chosen = new ArrayList<>();
        while (!left.isEmpty()) {
            Cell best = cells.get(0);
            long most = -1;
            for (Cell cell : cells) {
                long covers = pairs(cell).stream().filter(left::contains).count();
                if (covers > most) {
                    best = cell;
                    most = covers;
                }
            }
            chosen.add(best);
            left.removeAll(pairs(best));
        }
        return List.copyOf(chosen);
    }

    static Set<Pair> pairs(List<Cell> cells) {
        Set<Pair> pairs = new HashSet<>();
        cells.forEach(cell -> pairs.addAll(pairs(cell)));
        return pairs;
    }

    private static List<Pair> pairs(Cell cell) {
        List<Object> parts = cell.parts();
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            for (int j = i + 1; j < parts.size(); j++) {
                pairs.add(new Pair(parts.get(i), parts.get(j)));
            }
        }
        return pairs;
    }
}
