package dev.conflict.sql;

import dev.conflict.Conflict.ConcurrencyReason;
import dev.conflict.Conflict.Undeclared;
import dev.conflict.ConflictException;
import dev.conflict.Disclosure;
import dev.conflict.sql.SqlFailure.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What the constraints of a schema mean to callers, declared by their names.
 *
 * <pre>{@code
 * static final ConstraintCatalog CONSTRAINTS = ConstraintCatalog.builder()
 *         .unique("uk_user_email", "email").disclose(Disclosure.PUBLIC)
 *         .unique("uk_user_phone", "phone")                     // nobody learns what is taken
 *         .foreignKey("fk_order_customer", "customerId").whenReferenced("CUSTOMER_HAS_ORDERS")
 *         .check("orders.ck_quantity", "quantity", "positive")
 *         .notNull("users.email", "email")
 *         .build();
 * }</pre>
 *
 * <p>A name is compared whole and without regard to case. It may carry its table, its schema or both
 * ({@code users.uk_email}), which count as far as the database tells them. Versions of H2 that report the index
 * {@code UK_EMAIL_INDEX_6} mean the constraint {@code UK_EMAIL}; no other part of a name is ever cut off. SQLite tells the
 * columns of a unique constraint in place of its name, so there it is declared by them: {@code users.region,number}.
 *
 * <p>A constraint that is not declared never reaches a caller by name. A unique constraint, an exclusion constraint or a
 * foreign key from elsewhere is answered with a bare conflict; a check, a column that may not be null and a missing
 * parent are taken for a bug of the application. Concurrency needs no declaration.
 *
 * <p>Instances are immutable and safe for use by many threads.
 */
public final class ConstraintCatalog {
    private static final ConstraintCatalog EMPTY = new ConstraintCatalog(List.of());

    private final List<ConstraintRule> rules;

    private ConstraintCatalog(List<ConstraintRule> rules) {
        this.rules = rules;
    }

    /**
     * Returns the catalogue that declares nothing.
     *
     * @return the empty catalogue
     */
    public static ConstraintCatalog empty() {
        return EMPTY;
    }

    /**
     * Starts a catalogue.
     *
     * @return a builder without any declaration
     */
    public static Builder builder() {
        return new Builder(new ArrayList<>());
    }

    /**
     * Compares the declarations with what a database has, when an application starts: {@code
     * log.info(CONSTRAINTS.check(dataSource).requireNoneMissing().toString())}.
     *
     * <p>Looked at are the tables in the schema of the connection; checks on PostgreSQL, MySQL, MariaDB, H2, HSQLDB, Derby.
     *
     * @param dataSource where the tables are
     * @return what does not fit
     * @throws SQLException if the database cannot be asked
     */
    public ConstraintReport check(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return ConstraintReport.compare(rules, FoundConstraints.in(connection));
        }
    }

    /**
     * Tells the conflict that a failure stands for.
     *
     * @param failure what the database said
     * @return the conflict as the application declared it, without a cause and without any value; a bare one for an
     *     undeclared unique or exclusion constraint or an existing child; empty if the failure is no conflict, or an
     *     undeclared constraint of another kind
     */
    public Optional<ConflictException> read(SqlFailure failure) {
        return switch (failure.kind()) {
            case DEADLOCK -> Optional.of(ConflictException.concurrency(ConcurrencyReason.DEADLOCK));
            case SERIALIZATION_FAILURE ->
                Optional.of(ConflictException.concurrency(ConcurrencyReason.SERIALIZATION_FAILURE));
            case LOCK_TIMEOUT -> Optional.of(ConflictException.concurrency(ConcurrencyReason.LOCK_TIMEOUT));
            default -> declared(failure).or(() -> undeclared(failure.kind()));
        };
    }

    private Optional<ConflictException> declared(SqlFailure failure) {
        SchemaNames names = failure.names();
        String reported = failure.kind() == Kind.NOT_NULL ? names.column() : names.constraint();
        Optional<ConflictException> exact = declared(failure, reported);
        return exact.isPresent() ? exact : declared(failure, reported == null ? names.byColumns() : names.indexOf());
    }

    /** Where two declarations fit, because the database does not tell the table, none is right. */
    private Optional<ConflictException> declared(SqlFailure failure, @Nullable String reported) {
        if (reported == null) {
            return Optional.empty();
        }
        List<ConstraintRule> fitting = rules.stream()
                .filter(rule ->
                        rule.kinds().contains(failure.kind()) && rule.name().is(reported, failure.names()))
                .filter(rule -> failure.names().constraint() != null
                        || !rule.name().qualifiers().isEmpty())
                .toList();
        return fitting.size() == 1 ? Optional.of(fitting.get(0).conflict().apply(failure.kind())) : Optional.empty();
    }

    private static Optional<ConflictException> undeclared(Kind kind) {
        return switch (kind) {
            case UNIQUE, EXCLUSION -> Optional.of(ConflictException.undeclared(Undeclared.UNIQUE));
            case FK_CHILD_EXISTS -> Optional.of(ConflictException.undeclared(Undeclared.CHILD_EXISTS));
            default -> Optional.empty();
        };
    }

    /**
     * Collects declarations; each declaring method returns a builder that also knows what can be said about the
     * constraint just declared. Not safe for use by many threads.
     */
    public static sealed class Builder {
        private final List<ConstraintRule> rules;

        private Builder(List<ConstraintRule> rules) {
            this.rules = rules;
        }

        /**
         * Declares a unique constraint, a unique index or a primary key. Nobody learns which value is taken, until
         * {@link Unique#disclose} says who may.
         *
         * @param name the constraint's name
         * @param field the field whose value must be unique, as callers know it
         * @return a builder that can say more about it
         * @throws IllegalArgumentException if the constraint is declared already; the message names both declarations
         */
        public Unique unique(String name, String field) {
            add(new ConstraintRule(
                    name, "unique", field, Set.of(Kind.UNIQUE), kind -> ConflictException.unique(field)));
            return new Unique(rules, field);
        }

        /**
         * Declares a foreign key: a write that refers to nothing is an integrity conflict of the field with the rule
         * {@code exists}, and removing what is referred to is a dependency conflict; a bare one if it is not told which.
         *
         * @param name the constraint's name
         * @param field the field that refers, as callers know it
         * @return a builder that can say more about it
         * @throws IllegalArgumentException if the constraint is declared already; the message names both declarations
         */
        public ForeignKey foreignKey(String name, String field) {
            add(new ConstraintRule(
                    name,
                    "foreign key",
                    field,
                    Set.of(Kind.FK_PARENT_MISSING, Kind.FK_CHILD_EXISTS, Kind.FOREIGN_KEY),
                    kind -> reference(kind, ConflictException.dependency(), missing(field))));
            return new ForeignKey(rules, field);
        }

        /**
         * Declares a check constraint.
         *
         * @param name the constraint's name
         * @param field the field that breaks the rule, as callers know it
         * @param rule the rule's name as callers know it ({@code positive})
         * @return a builder that can say more about it
         * @throws IllegalArgumentException if the constraint is declared already; the message names both declarations
         */
        public Value check(String name, String field, String rule) {
            Objects.requireNonNull(rule, "rule");
            return value(name, "check", field, rule, Kind.CHECK);
        }

        /**
         * Declares a column that may not be null; the rule's name is {@code required}.
         *
         * @param column the column after its table ({@code users.email}); H2 does not tell the table, so that there two
         *     declared columns of one name both stay undeclared
         * @param field the field that must have a value, as callers know it
         * @return a builder that can say more about it
         * @throws IllegalArgumentException if the column is declared already, or has no table before it
         */
        public Value notNull(String column, String field) {
            if (column.indexOf('.') < 0) {
                throw new IllegalArgumentException("A column is declared as table.column, not \"" + column + '"');
            }
            return value(column, "not null", field, "required", Kind.NOT_NULL);
        }

        private Value value(String name, String what, String field, String rule, Kind only) {
            add(new ConstraintRule(name, what, field, Set.of(only), kind -> ConflictException.integrity(field, rule)));
            return new Value(rules, field, rule);
        }

        /**
         * Declares an exclusion constraint, such as one that keeps bookings of a room apart.
         *
         * @param name the constraint's name
         * @param field the field that overlaps, as callers know it
         * @param code the conflict's code
         * @return this builder
         * @throws IllegalArgumentException if the constraint is declared already; the message names both declarations
         */
        public Builder exclusion(String name, String field, String code) {
            Objects.requireNonNull(code, "code");
            add(new ConstraintRule(
                    name,
                    "exclusion",
                    field,
                    Set.of(Kind.EXCLUSION),
                    kind -> ConflictException.exclusion(code).field(field)));
            return this;
        }

        /**
         * Declares what another catalogue declares, but for what is declared here already.
         *
         * @param others the other declarations
         * @return this builder
         */
        public Builder otherwise(ConstraintCatalog others) {
            for (ConstraintRule other : others.rules) {
                if (rules.stream().noneMatch(before -> isTheSame(before, other))) {
                    rules.add(other);
                }
            }
            return this;
        }

        /**
         * Ends the declarations.
         *
         * @return the catalogue
         */
        public ConstraintCatalog build() {
            return new ConstraintCatalog(List.copyOf(rules));
        }

        private void add(ConstraintRule added) {
            for (ConstraintRule before : rules) {
                if (isTheSame(before, added)) {
                    throw new IllegalArgumentException(
                            "One constraint is declared twice: as " + before.text() + " and as " + added.text());
                }
            }
            rules.add(added);
        }

        private static boolean isTheSame(ConstraintRule one, ConstraintRule other) {
            boolean columns = one.kinds().contains(Kind.NOT_NULL);
            return columns == other.kinds().contains(Kind.NOT_NULL)
                    && one.name().overlaps(other.name());
        }

        /** Says anew what the constraint that was declared last stands for. */
        final void restate(int declaration, Function<Kind, ConflictException> conflict) {
            ConstraintRule rule = rules.get(declaration);
            rules.set(declaration, new ConstraintRule(rule.name(), rule.text(), rule.kinds(), conflict));
        }

        final int declared() {
            return rules.size() - 1;
        }

        static ConflictException.Integrity missing(String field) {
            return ConflictException.integrity(field, "exists");
        }

        /** Of a foreign key whose direction is not told, only that it is in the way is certain. */
        static ConflictException reference(Kind kind, ConflictException referenced, ConflictException missing) {
            return switch (kind) {
                case FK_CHILD_EXISTS -> referenced;
                case FK_PARENT_MISSING -> missing;
                default -> ConflictException.undeclared(Undeclared.CHILD_EXISTS);
            };
        }
    }

    /** Says more about a unique constraint. */
    public static final class Unique extends Builder {
        private final int declaration = declared();
        private final String field;
        private @Nullable String code;
        private Disclosure disclosure = Disclosure.HIDDEN;

        private Unique(List<ConstraintRule> rules, String field) {
            super(rules);
            this.field = field;
        }

        /**
         * Gives the conflict the application's own code.
         *
         * @param code the code, in place of the one made from the field ({@code EMAIL_TAKEN})
         * @return this builder
         */
        public Unique code(String code) {
            this.code = Objects.requireNonNull(code, "code");
            return restate();
        }

        /**
         * Says who may learn that a value of the field is taken.
         *
         * @param disclosure who
         * @return this builder
         */
        public Unique disclose(Disclosure disclosure) {
            this.disclosure = Objects.requireNonNull(disclosure, "disclosure");
            return restate();
        }

        private Unique restate() {
            String code = this.code;
            Disclosure disclosure = this.disclosure;
            restate(declaration, kind -> {
                ConflictException.Uniqueness conflict =
                        ConflictException.unique(field).disclose(disclosure);
                return code == null ? conflict : conflict.code(code);
            });
            return this;
        }
    }

    /** Says more about a foreign key. */
    public static final class ForeignKey extends Builder {
        private final int declaration = declared();
        private final String field;
        private @Nullable String missing;
        private @Nullable String referenced;

        private ForeignKey(List<ConstraintRule> rules, String field) {
            super(rules);
            this.field = field;
        }

        /**
         * Gives the conflict of a reference to nothing its own code.
         *
         * @param code the code, in place of {@code INTEGRITY_VIOLATION}
         * @return this builder
         */
        public ForeignKey whenMissing(String code) {
            missing = Objects.requireNonNull(code, "code");
            return restate();
        }

        /**
         * Gives the conflict of removing what is referred to its own code.
         *
         * @param code the code, in place of {@code HAS_ACTIVE_CHILDREN}
         * @return this builder
         */
        public ForeignKey whenReferenced(String code) {
            referenced = Objects.requireNonNull(code, "code");
            return restate();
        }

        private ForeignKey restate() {
            String missing = this.missing;
            String referenced = this.referenced;
            restate(declaration, kind -> {
                ConflictException.Dependency inUse = ConflictException.dependency();
                return reference(
                        kind,
                        referenced == null ? inUse : inUse.code(referenced),
                        missing == null ? missing(field) : missing(field).code(missing));
            });
            return this;
        }
    }

    /** Says more about a check or a column that may not be null. */
    public static final class Value extends Builder {
        private final int declaration = declared();
        private final String field;
        private final String rule;

        private Value(List<ConstraintRule> rules, String field, String rule) {
            super(rules);
            this.field = field;
            this.rule = rule;
        }

        /**
         * Gives the conflict the rule's own code.
         *
         * @param code the code, in place of {@code INTEGRITY_VIOLATION}
         * @return this builder
         */
        public Value code(String code) {
            Objects.requireNonNull(code, "code");
            restate(
                    declaration,
                    kind -> ConflictException.integrity(field, rule).code(code));
            return this;
        }
    }
}
