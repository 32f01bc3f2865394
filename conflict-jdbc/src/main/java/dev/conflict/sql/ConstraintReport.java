package dev.conflict.sql;

import dev.conflict.sql.FoundConstraint.Sort;
import java.util.List;

/**
 * How a catalogue and a database fit together, found by {@link ConstraintCatalog#check}.
 *
 * @param missing declarations of what the database does not have: a typing error, or a migration that did not run
 * @param undeclared constraints that nobody declared, so that callers learn nothing of them; without primary keys
 * @param unnamed constraints that have no name but a number of the product's, which is another one elsewhere
 */
public record ConstraintReport(List<String> missing, List<String> undeclared, List<String> unnamed) {
    /**
     * Creates a report.
     *
     * @param missing declarations of what the database does not have
     * @param undeclared constraints that nobody declared
     * @param unnamed constraints without a name of their own
     */
    public ConstraintReport {
        missing = List.copyOf(missing);
        undeclared = List.copyOf(undeclared);
        unnamed = List.copyOf(unnamed);
    }

    static ConstraintReport compare(List<ConstraintRule> rules, FoundConstraints found) {
        List<String> missing = rules.stream()
                .filter(rule -> found.knowsAll(rule.sort()))
                .filter(rule -> found.all().stream().noneMatch(rule::declares))
                .map(ConstraintRule::text)
                .toList();
        List<FoundConstraint> others = found.all().stream()
                .filter(each -> each.sort() != Sort.NOT_NULL && each.sort() != Sort.PRIMARY_KEY)
                .filter(each -> rules.stream().noneMatch(rule -> rule.declares(each)))
                .toList();
        return new ConstraintReport(missing, texts(others, false), texts(others, true));
    }

    private static List<String> texts(List<FoundConstraint> constraints, boolean generated) {
        return constraints.stream()
                .filter(each -> each.isGenerated() == generated)
                .map(FoundConstraint::text)
                .sorted()
                .toList();
    }

    /**
     * Stops the start of an application whose catalogue declares what is not there.
     *
     * @return this report, to be logged
     * @throws IllegalStateException if a declaration is missing; its message is the report
     */
    public ConstraintReport requireNoneMissing() {
        if (!missing.isEmpty()) {
            throw new IllegalStateException(toString());
        }
        return this;
    }

    /** Returns the report as text of several lines, for people who know the schema. */
    @Override
    public String toString() {
        return "Constraints of the catalogue and of the database"
                + part("declared, but not in the database", missing)
                + part("in the database, but not declared", undeclared)
                + part("without a name that could be declared", unnamed);
    }

    private static String part(String title, List<String> names) {
        return "\n  " + title + ": " + (names.isEmpty() ? "none" : String.join(", ", names));
    }
}
