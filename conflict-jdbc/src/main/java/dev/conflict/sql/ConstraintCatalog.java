package dev.conflict.sql;

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
        return ConstraintRules.read(rules, failure);
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
            add(new ConstraintRule(name, "unique", field, Set.of(Kind.UNIQUE)));
            return new Unique(rules, field).restate();
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
            Set<Kind> kinds = Set.of(Kind.FK_PARENT_MISSING, Kind.FK_CHILD_EXISTS, Kind.FOREIGN_KEY);
            add(new ConstraintRule(name, "foreign key", field, kinds));
            return new ForeignKey(rules, field).restate();
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
            add(new ConstraintRule(name, what, field, Set.of(only)));
            return new Value(rules, field, rule).restate();
        }

        /**
         * Declares an exclusion constraint, such as one that keeps bookings of a room apart.
         *
         * @param name the constraint's name
         * @param field the field that overlaps, as callers know it
         * @param code the conflict's code
         * @return a builder that can say more about it
         * @throws IllegalArgumentException if the constraint is declared already; the message names both declarations
         */
        public Exclusion exclusion(String name, String field, String code) {
            Objects.requireNonNull(code, "code");
            add(new ConstraintRule(name, "exclusion", field, Set.of(Kind.EXCLUSION)));
            return new Exclusion(rules, field, code).restate();
        }

        /**
         * Declares what another catalogue declares, but for what is declared here already.
         *
         * @param others the other declarations
         * @return this builder
         */
        public Builder otherwise(ConstraintCatalog others) {
            for (ConstraintRule other : others.rules) {
                if (rules.stream().noneMatch(other::isOf)) {
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
                if (before.isOf(added)) {
                    throw new IllegalArgumentException(
                            "One constraint is declared twice: as " + before.text() + " and as " + added.text());
                }
            }
            rules.add(added);
        }
    }

    /**
     * Says more about the constraint that was declared last.
     *
     * @param <S> the builder's own class, so that what fits its constraint can follow
     */
    public abstract static sealed class Declared<S extends Declared<S>> extends Builder {
        private final int declaration;
        private @Nullable String messageKey;

        private Declared(List<ConstraintRule> rules) {
            super(rules);
            declaration = rules.size() - 1;
        }

        /**
         * Gives the conflict texts of its own, beside those of its type and its code: {@code <type>.<key>.detail} and
         * {@code <type>.<key>.suggestion} in the application's messages, or more precise ones with the code before the key
         * ({@code uniqueness.EMAIL_TAKEN.SIGN_UP.detail}). Where there is none, the less precise ones stand.
         *
         * @param key the key, which is never sent
         * @return this builder
         */
        public final S messageKey(String key) {
            messageKey = Objects.requireNonNull(key, "key");
            return restate();
        }

        /** Makes the conflict as it is declared by now; what is declared later does not change it. */
        abstract Function<Kind, ConflictException> conflict();

        @SuppressWarnings("unchecked") // each subclass names itself as S
        final S restate() {
            List<ConstraintRule> rules = ((Builder) this).rules;
            rules.set(declaration, rules.get(declaration).standingFor(conflict(), messageKey));
            return (S) this;
        }
    }

    /** Says more about a unique constraint. */
    public static final class Unique extends Declared<Unique> {
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

        @Override
        Function<Kind, ConflictException> conflict() {
            String code = this.code;
            Disclosure disclosure = this.disclosure;
            return kind -> {
                ConflictException.Uniqueness conflict =
                        ConflictException.unique(field).disclose(disclosure);
                return code == null ? conflict : conflict.code(code);
            };
        }
    }

    /** Says more about a foreign key. */
    public static final class ForeignKey extends Declared<ForeignKey> {
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

        @Override
        Function<Kind, ConflictException> conflict() {
            String missing = this.missing;
            String referenced = this.referenced;
            return kind -> switch (kind) {
                case FK_CHILD_EXISTS -> {
                    ConflictException.Dependency conflict = ConflictException.dependency();
                    yield referenced == null ? conflict : conflict.code(referenced);
                }
                case FK_PARENT_MISSING -> {
                    ConflictException.Integrity conflict = ConflictException.integrity(field, "exists");
                    yield missing == null ? conflict : conflict.code(missing);
                }
                // Of a foreign key whose direction is not told, only that it is in the way is certain.
                default -> ConflictException.undeclared(Undeclared.CHILD_EXISTS);
            };
        }
    }

    /** Says more about a check or a column that may not be null. */
    public static final class Value extends Declared<Value> {
        private final String field;
        private final String rule;
        private @Nullable String code;

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
            this.code = Objects.requireNonNull(code, "code");
            return restate();
        }

        @Override
        Function<Kind, ConflictException> conflict() {
            String code = this.code;
            return kind -> {
                ConflictException.Integrity conflict = ConflictException.integrity(field, rule);
                return code == null ? conflict : conflict.code(code);
            };
        }
    }

    /** Says more about an exclusion constraint. */
    public static final class Exclusion extends Declared<Exclusion> {
        private final String field;
        private final String code;

        private Exclusion(List<ConstraintRule> rules, String field, String code) {
            super(rules);
            this.field = field;
            this.code = code;
        }

        @Override
        Function<Kind, ConflictException> conflict() {
            return kind -> ConflictException.exclusion(code).field(field);
        }
    }
}
