package dev.conflict.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conflict.Conflict;
import dev.conflict.Conflict.ConcurrencyReason;
import dev.conflict.Conflict.Undeclared;
import dev.conflict.ConflictException;
import dev.conflict.Disclosure;
import dev.conflict.sql.SqlFailure.Evidence;
import dev.conflict.sql.SqlFailure.Kind;
import dev.conflict.sql.SqlFailure.Product;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConstraintCatalogTest {
    private static final ConstraintCatalog CATALOG = ConstraintCatalog.builder()
            .unique("uk_email", "email")
            .code("ADDRESS_TAKEN")
            .disclose(Disclosure.PUBLIC)
            .unique("uk_phone", "phone")
            .foreignKey("fk_customer", "customerId")
            .whenMissing("UNKNOWN_CUSTOMER")
            .whenReferenced("CUSTOMER_HAS_ORDERS")
            .foreignKey("fk_product", "productId")
            .check("ck_amount", "amount", "positive")
            .code("AMOUNT_NOT_POSITIVE")
            .notNull("users.email", "email")
            .exclusion("ex_room", "room", "ROOM_TAKEN")
            .build();

    private static Conflict read(ConstraintCatalog catalog, Kind kind, SchemaNames names) {
        return catalog.read(new SqlFailure(Product.OTHER, kind, null, 0, names))
                .map(ConflictException::conflict)
                .orElse(NONE);
    }

    private static final Conflict NONE = new Conflict.Locked();

    private static SchemaNames constraint(@Nullable String schema, @Nullable String table, String name) {
        return SchemaNames.read(schema, table, name);
    }

    private static Conflict read(Kind kind, String name) {
        return read(CATALOG, kind, constraint("public", "users", name));
    }

    @Test
    void declaredConstraintsBecomeWhatTheyWereDeclaredAs() {
        assertThat(read(Kind.UNIQUE, "uk_email"))
                .isEqualTo(new Conflict.Uniqueness("ADDRESS_TAKEN", "email", Disclosure.PUBLIC));
        assertThat(read(Kind.UNIQUE, "UK_PHONE")).isEqualTo(new Conflict.Uniqueness(null, "phone", Disclosure.HIDDEN));
        assertThat(read(Kind.FK_PARENT_MISSING, "FK_CUSTOMER"))
                .isEqualTo(new Conflict.Integrity("UNKNOWN_CUSTOMER", "customerId", "exists"));
        assertThat(read(Kind.FK_CHILD_EXISTS, "fk_customer")).isEqualTo(new Conflict.Dependency("CUSTOMER_HAS_ORDERS"));
        assertThat(read(Kind.FK_PARENT_MISSING, "fk_product"))
                .isEqualTo(new Conflict.Integrity(null, "productId", "exists"));
        assertThat(read(Kind.FK_CHILD_EXISTS, "fk_product")).isEqualTo(new Conflict.Dependency(null));
        assertThat(read(Kind.CHECK, "ck_amount"))
                .isEqualTo(new Conflict.Integrity("AMOUNT_NOT_POSITIVE", "amount", "positive"));
        assertThat(read(CATALOG, Kind.NOT_NULL, SchemaNames.column(null, null, "EMAIL")))
                .isEqualTo(new Conflict.Integrity(null, "email", "required"));
        assertThat(read(Kind.EXCLUSION, "ex_room")).isEqualTo(new Conflict.Exclusion("ROOM_TAKEN", "room"));
    }

    @Test
    void undeclaredConstraintsAreBareConflictsOrBugs() {
        for (Kind kind : new Kind[] {Kind.UNIQUE, Kind.EXCLUSION}) {
            assertThat(read(kind, "secret")).isEqualTo(new Conflict.Unspecified(Undeclared.UNIQUE));
        }
        assertThat(read(Kind.FK_CHILD_EXISTS, "secret")).isEqualTo(new Conflict.Unspecified(Undeclared.CHILD_EXISTS));
        for (Kind kind :
                new Kind[] {Kind.FK_PARENT_MISSING, Kind.CHECK, Kind.NOT_NULL, Kind.NO_CONFLICT, Kind.UNKNOWN}) {
            assertThat(read(kind, "secret")).as(kind.name()).isEqualTo(NONE);
        }
        assertThat(read(CATALOG, Kind.UNIQUE, SchemaNames.NONE)).isEqualTo(new Conflict.Unspecified(Undeclared.UNIQUE));
    }

    @Test
    void declarationOfAnotherKindDoesNotCount() {
        assertThat(read(Kind.UNIQUE, "ck_amount")).isEqualTo(new Conflict.Unspecified(Undeclared.UNIQUE));
        assertThat(read(Kind.CHECK, "uk_email")).isEqualTo(NONE);
        assertThat(read(Kind.UNIQUE, "email")).isEqualTo(new Conflict.Unspecified(Undeclared.UNIQUE));
    }

    @Test
    void concurrencyNeedsNoDeclaration() {
        for (ConcurrencyReason reason : ConcurrencyReason.values()) {
            assertThat(read(ConstraintCatalog.empty(), Kind.valueOf(reason.name()), SchemaNames.NONE))
                    .isEqualTo(new Conflict.Concurrency(reason));
        }
    }

    @Test
    void undeclaredNameStandsInNoMessage() {
        ConflictException conflict = CATALOG.read(
                        new SqlFailure(Product.H2, Kind.UNIQUE, "23505", 23505, constraint("s", "t", "secret")))
                .orElseThrow();

        assertThat(conflict).hasNoCause();
        assertThat(conflict.getMessage()).doesNotContainIgnoringCase("secret");
    }

    @ParameterizedTest
    @CsvSource({
        "uk, uk, true",
        "uk, UK, true",
        "UK, uk, true",
        "uk, uk2, false",
        "uk, my_uk, false",
        "uk_a, uk_a_index_6, false",
        "users.uk, uk, true",
        "public.uk, uk, true",
        "PUBLIC.Users.uk, uk, true",
        "orders.uk, uk, false",
        "audit.users.uk, uk, false",
        "public.orders.uk, uk, false",
    })
    void namesAreComparedWholeAndWithTheirQualifiers(String declared, String reported, boolean same) {
        ConstraintCatalog catalog =
                ConstraintCatalog.builder().unique(declared, "field").build();

        assertThat(read(catalog, Kind.UNIQUE, constraint("public", "users", reported)))
                .isInstanceOf(same ? Conflict.Uniqueness.class : Conflict.Unspecified.class);
    }

    @ParameterizedTest
    @CsvSource({"users.uk, users, true", "users.uk, accounts, false", "users.uk, , true", "public.uk, accounts, false"})
    void tableThatIsToldDecidesWhereNoSchemaIs(String declared, String table, boolean same) {
        ConstraintCatalog catalog =
                ConstraintCatalog.builder().unique(declared, "field").build();

        assertThat(read(catalog, Kind.UNIQUE, constraint(null, table, "uk")))
                .isInstanceOf(same ? Conflict.Uniqueness.class : Conflict.Unspecified.class);
    }

    @Test
    void qualifierThatTheProductDoesNotTellCannotSpeakAgainstADeclaration() {
        ConstraintCatalog catalog = ConstraintCatalog.builder()
                .check("public.orders.ck", "amount", "positive")
                .check("users.ck", "age", "positive")
                .build();

        assertThat(read(catalog, Kind.CHECK, constraint("public", "orders", "ck")))
                .isEqualTo(new Conflict.Integrity(null, "amount", "positive"));
        assertThat(read(catalog, Kind.CHECK, constraint(null, null, "ck")))
                .as("either may be meant")
                .isEqualTo(NONE);
    }

    @Test
    void constraintOfAnIndexIsFoundUnlessTheIndexItselfIsDeclared() {
        SchemaNames names = new SchemaNames("PUBLIC", "T", List.of(), "UK_A_INDEX_6", "UK_A", Evidence.ANCHORED_TEXT);
        ConstraintCatalog constraint =
                ConstraintCatalog.builder().unique("uk_a", "a").build();
        ConstraintCatalog both = ConstraintCatalog.builder()
                .unique("uk_a", "a")
                .unique("uk_a_index_6", "b")
                .build();

        assertThat(read(constraint, Kind.UNIQUE, names))
                .isEqualTo(new Conflict.Uniqueness(null, "a", Disclosure.HIDDEN));
        assertThat(read(both, Kind.UNIQUE, names)).isEqualTo(new Conflict.Uniqueness(null, "b", Disclosure.HIDDEN));
    }

    @ParameterizedTest
    @CsvSource({"uk, UK", "uk, users.uk", "users.uk, public.users.uk", "public.uk, public.users.uk"})
    void constraintDeclaredTwiceIsRefusedNamingBoth(String one, String two) {
        ConstraintCatalog.Builder builder = ConstraintCatalog.builder().unique(one, "first");

        assertThatThrownBy(() -> builder.check(two, "second", "positive"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("One constraint is declared twice: as \"" + one + "\" (unique, field first) and as \"" + two
                        + "\" (check, field second)");
    }

    @Test
    void constraintsOfOneNameOnTwoTablesAndAColumnOfThatNameAreThree() {
        ConstraintCatalog catalog = ConstraintCatalog.builder()
                .unique("users.email", "userEmail")
                .unique("firms.email", "firmEmail")
                .notNull("users.email", "email")
                .build();

        assertThat(read(catalog, Kind.UNIQUE, constraint("public", "firms", "email")))
                .isEqualTo(new Conflict.Uniqueness(null, "firmEmail", Disclosure.HIDDEN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a.b.c.d", ".uk", "uk.", "a..b", " uk", "users. uk"})
    void nameThatIsNoneIsRefused(String name) {
        assertThatThrownBy(() -> ConstraintCatalog.builder().unique(name, "field"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A constraint is declared as name, table.name or schema.table.name, not \"" + name + '"');
    }

    @Test
    void columnWithoutItsTableIsRefused() {
        assertThatThrownBy(() -> ConstraintCatalog.builder().notNull("email", "email"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("table.column");
    }

    @Test
    void catalogueDoesNotChangeWithItsBuilder() {
        ConstraintCatalog.Unique builder = ConstraintCatalog.builder().unique("uk", "field");
        ConstraintCatalog catalog = builder.build();
        builder.code("LATER").check("ck", "other", "positive");

        assertThat(read(catalog, Kind.UNIQUE, constraint(null, null, "uk")))
                .isEqualTo(new Conflict.Uniqueness(null, "field", Disclosure.HIDDEN));
        assertThat(read(catalog, Kind.CHECK, constraint(null, null, "ck"))).isEqualTo(NONE);
    }

    @Test
    void emptyCatalogueIsTheOneWithoutDeclarations() {
        assertThat(ConstraintCatalog.empty().read(new SqlFailure(Product.H2, Kind.CHECK, null, 0, SchemaNames.NONE)))
                .isEqualTo(Optional.empty());
    }
}
