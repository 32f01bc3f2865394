package dev.conflict.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conflict.Disclosure;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.http.Preconditions;
import dev.conflict.problem.Answer;
import dev.conflict.problem.Occurrence;
import dev.conflict.problem.ProblemDetail;
import dev.conflict.problem.ProblemTranslator;
import dev.conflict.sql.SqlFailure.Kind;
import dev.conflict.sql.SqlFailure.Product;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A declared constraint that is told in the application's own texts. */
class ConstraintMessagesTest {
    private static final ConstraintCatalog CATALOG = ConstraintCatalog.builder()
            .unique("uk_email", "email")
            .messageKey("SIGN_UP")
            .code("ADDRESS_TAKEN")
            .disclose(Disclosure.PUBLIC)
            .unique("uk_phone", "phone")
            .disclose(Disclosure.PUBLIC)
            .messageKey("SIGN_UP")
            .unique("uk_hidden", "address")
            .messageKey("SIGN_UP")
            .unique("uk_plain", "name")
            .disclose(Disclosure.PUBLIC)
            .unique("uk_untold", "number")
            .disclose(Disclosure.PUBLIC)
            .messageKey("WITHOUT_TEXTS")
            .foreignKey("fk_product", "productId")
            .messageKey("CATALOGUE")
            .check("ck_amount", "amount", "positive")
            .messageKey("STOCK")
            .notNull("orders.customer", "customer")
            .messageKey("MANDATORY")
            .exclusion("ex_room", "room", "ROOM_TAKEN")
            .messageKey("ROOMS")
            .build();

    private static final ProblemTranslator EDGE = ProblemTranslator.builder()
            .messages("constraint-texts", Locale.ENGLISH, Locale.GERMAN)
            .build(ConstraintMessagesTest.class.getClassLoader());

    private static Answer answer(Kind kind, String name, @Nullable String language) {
        SchemaNames names =
                kind == Kind.NOT_NULL ? SchemaNames.column(null, "orders", name) : SchemaNames.read(null, null, name);
        return EDGE.translate(
                        CATALOG.read(new SqlFailure(Product.OTHER, kind, null, 0, names))
                                .orElseThrow(),
                        ConditionalRequest.of("POST", field -> null, Preconditions.optional()),
                        Occurrence.of("POST", "/orders").withAcceptLanguage(language))
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    UNIQUE            | uk_email   | Somebody has signed up with this email already.
                    UNIQUE            | uk_phone   | Somebody has signed up with this phone already.
                    UNIQUE            | uk_plain   | The value of "name" is taken.
                    UNIQUE            | uk_untold  | The value of "number" is taken.
                    FK_PARENT_MISSING | fk_product | This product is not in the catalogue.
                    FK_CHILD_EXISTS   | fk_product | This product stands in orders.
                    CHECK             | ck_amount  | Fewer than one cannot be ordered.
                    NOT_NULL          | customer   | Orders have a customer.
                    EXCLUSION         | ex_room    | The room is taken for a part of this time.
                    """)
    void textOfTheKeyIsTold(Kind kind, String name, String detail) {
        assertThat(answer(kind, name, "en").problem().detail()).contains(detail);
    }

    @Test
    void keyChangesNothingElse() {
        ProblemDetail problem = answer(Kind.UNIQUE, "uk_email", null).problem();

        assertThat(problem.code()).contains("ADDRESS_TAKEN");
        assertThat(problem.status()).hasValue(409);
        assertThat(problem.text("suggestion")).contains("Sign in instead.");
    }

    @Test
    void textIsInTheLanguageOfTheCaller() {
        assertThat(answer(Kind.UNIQUE, "uk_email", "de-CH").problem().detail())
                .contains("Mit diesem Wert hat sich schon jemand angemeldet.");
    }

    /** What nobody may know is not told in other words either. */
    @ParameterizedTest
    @CsvSource({"UNIQUE, uk_hidden", "FOREIGN_KEY, fk_product"})
    void keyOfABareConflictTellsNothing(Kind kind, String name) {
        Answer answer = answer(kind, name, "en");

        assertThat(answer.problem().detail()).contains("The request does not agree with what is there now.");
        assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                .doesNotContain("SIGN_UP", "CATALOGUE", "Nobody", "address", "productId");
    }

    @Test
    void keyItselfIsNeverSent() {
        assertThat(new String(answer(Kind.UNIQUE, "uk_untold", "en").body(), StandardCharsets.UTF_8))
                .contains("NUMBER_TAKEN")
                .doesNotContain("WITHOUT_TEXTS");
    }
}
