package dev.conflict.stacks;

import java.util.ArrayList;
import java.util.List;

/**
 * One exchange of the matrix.
 *
 * @param container where
 * @param framework with what
 * @param moment when the application throws
 * @param kind what it throws
 * @param method the request method
 * @param pages whether the application has error pages
 */
record Cell(Container container, Framework framework, Moment moment, Kind kind, Method method, Pages pages) {
    /** The request method. */
    enum Method {
        PUT,
        HEAD
    }

    /** Whether the application has error pages. */
    enum Pages {
        NONE,
        CONFIGURED
    }

    /** All that there are. */
    static List<Cell> all() {
        List<Cell> cells = new ArrayList<>();
        for (Container container : Container.values()) {
            for (Framework framework : Framework.values()) {
                cells.addAll(of(container, framework));
            }
        }
        return List.copyOf(cells);
    }

    private static List<Cell> of(Container container, Framework framework) {
        List<Cell> cells = new ArrayList<>();
        for (Moment moment : Moment.values()) {
            for (Kind kind : Kind.values()) {
                for (Method method : Method.values()) {
                    for (Pages pages : Pages.values()) {
                        cells.add(new Cell(container, framework, moment, kind, method, pages));
                    }
                }
            }
        }
        return cells;
    }

    List<Object> parts() {
        return List.of(container, framework, moment, kind, method, pages);
    }

    Stack stack() {
        return new Stack(container, framework);
    }

    @Override
    public String toString() {
        return container + ", " + framework + ", " + framework.at(moment) + ", " + kind + ", " + method
                + (pages == Pages.CONFIGURED ? ", error pages" : "");
    }
}
