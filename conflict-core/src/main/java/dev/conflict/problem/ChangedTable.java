package dev.conflict.problem;

import dev.conflict.Conflict;

/**
 * A table in which one type has another status. It is known which, so that a type that is not there can be refused.
 *
 * @param before the table without the change
 * @param changed the type with its new status
 */
record ChangedTable(ProblemTable before, ProblemType changed) implements ProblemTable {
    @Override
    public Row row(Conflict conflict) {
        Row row = before.row(conflict);
        return new Row(change(row.type()), row.code());
    }

    @Override
    public ProblemType type(ProblemType plain) {
        return change(before.type(plain));
    }

    private ProblemType change(ProblemType was) {
        return was.name().equals(changed.name()) ? was.withStatus(changed.status()) : was;
    }
}
