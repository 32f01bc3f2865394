package dev.conflict.jpa.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What becomes of the rules of the database: those that were declared, and those that were not. */
public abstract class ConstraintContract extends Kit {
    private static String fresh() {
        return "v" + newId() + "@example.org";
    }

    private Customer stored(String email, String nick) {
        Customer customer = new Customer(email, nick);
        meanwhile(em -> em.persist(customer));
        return customer;
    }

    @Test
    void declaredUniqueValueThatIsTakenIsNamedByItsField() {
        String email = fresh();
        stored(email, fresh());

        Served served = serve(em -> em.persist(new Customer(email, fresh())));

        assertThat(served.status()).isEqualTo(409);
        assertThat(served.type()).endsWith(":uniqueness");
        assertThat(served.member("code")).isEqualTo("EMAIL_TAKEN");
        assertThat(served.member("conflictingField")).isEqualTo("email");
        assertNothingLeaks(served, email);
    }

    @Test
    void declaredUniqueValueTakenByAnUpdateIsTheSame() {
        String email = fresh();
        stored(email, fresh());
        Long id = stored(fresh(), fresh()).getId();

        Served served = serve(em -> em.find(Customer.class, id).setEmail(email));

        assertThat(served.status()).isEqualTo(409);
        assertThat(served.member("code")).isEqualTo("EMAIL_TAKEN");
        assertNothingLeaks(served, email);
    }

    @Test
    void undeclaredUniqueValueThatIsTakenIsABareConflict() {
        String nick = fresh();
        stored(fresh(), nick);

        assertBare(serve(em -> em.persist(new Customer(fresh(), nick))), nick);
    }

    @Test
    void undeclaredPrimaryKeyThatIsTakenIsABareConflict() {
        Document document = newDocument();

        assertBare(serve(em -> em.persist(new Document(document.getId(), "planted"))), "planted");
    }

    @Test
    void createRaceOfOneIdentifierInOnePersistenceContextIsABareConflict() {
        Document document = newDocument();

        assertBare(
                serve(em -> {
                    em.find(Document.class, document.getId());
                    em.persist(new Document(document.getId(), "planted"));
                }),
                "planted");
    }

    @Test
    void declaredReferenceToNothingIsAnIntegrityConflictOfItsField() {
        Served served = serve(em -> em.persist(new Purchase(newId(), -987654321L, null)));

        assertThat(served.status()).isEqualTo(422);
        assertThat(served.type()).endsWith(":integrity");
        assertThat(served.member("conflictingField")).isEqualTo("customerId");
        assertThat(served.member("rule")).isEqualTo("exists");
        assertNothingLeaks(served, "987654321");
    }

    @Test
    void declaredReferenceFromElsewhereIsADependency() {
        Long id = stored(fresh(), fresh()).getId();
        meanwhile(em -> em.persist(new Purchase(newId(), id, null)));

        Served served = serve(em -> em.remove(em.find(Customer.class, id)));

        assertThat(served.status()).isEqualTo(409);
        assertThat(served.type()).endsWith(":dependency");
        assertThat(served.member("code")).isEqualTo("CUSTOMER_HAS_PURCHASES");
        assertNothingLeaks(served, "purchase_");
    }

    @Test
    void undeclaredReferenceFromElsewhereIsABareConflict() {
        Long id = stored(fresh(), fresh()).getId();
        meanwhile(em -> em.persist(new Purchase(newId(), null, id)));

        assertBare(serve(em -> em.remove(em.find(Customer.class, id))), "sponsor");
    }

    @Test
    void undeclaredReferenceToNothingIsABug() {
        assertUntouched(serve(em -> em.persist(new Purchase(newId(), null, -987654321L))));
    }

    @Test
    void declaredCheckIsAnIntegrityConflictOfItsField() {
        Customer customer = new Customer(fresh(), fresh());
        customer.setCredit(-987654321);

        Served served = serve(em -> em.persist(customer));

        assertThat(served.status()).isEqualTo(422);
        assertThat(served.member("conflictingField")).isEqualTo("credit");
        assertThat(served.member("rule")).isEqualTo("notNegative");
        assertNothingLeaks(served, "987654321");
    }

    @Test
    void undeclaredCheckIsABug() {
        assertUntouched(serve(em -> em.persist(new Customer(fresh(), ""))));
    }

    @Test
    void declaredColumnThatMayNotBeNullIsAnIntegrityConflictOfItsField() {
        Served served = serve(em -> em.persist(new Customer(null, fresh())));

        assertThat(served.status()).isEqualTo(422);
        assertThat(served.member("conflictingField")).isEqualTo("email");
        assertThat(served.member("rule")).isEqualTo("required");
        assertNothingLeaks(served, "null");
    }

    @Test
    void undeclaredColumnThatMayNotBeNullIsABug() {
        assertUntouched(serve(em -> em.createNativeQuery("insert into memo (id, text) values ('" + newId() + "', 'x')")
                .executeUpdate()));
    }

    @Test
    void valueThatIsTooLongIsNoConflict() {
        assertUntouched(serve(em -> em.persist(new Document(newId(), "x".repeat(300)))));
    }

    /** Values that try to look like the end of a value, like SQL, or like another constraint. */
    @Test
    void hostileValuesChangeNoConstraintAndReachNoAnswer() {
        Random random = new Random(20261123);
        List<String> values = Stream.generate(() -> "mark" + newId() + "x" + Hostile.text(random))
                .limit(250)
                .toList();
        meanwhile(em -> values.forEach(value -> em.persist(new Customer(value, value))));

        for (String value : values) {
            String mark = value.substring(0, value.indexOf('x'));
            if (random.nextBoolean()) {
                Served served = serve(em -> em.persist(new Customer(value, fresh())));
                assertThat(served.member("code")).as(value).isEqualTo("EMAIL_TAKEN");
                assertNothingLeaks(served, mark);
            } else {
                assertBare(serve(em -> em.persist(new Customer(fresh(), value))), mark);
            }
        }
    }

    private static void assertBare(Served served, String value) {
        assertThat(served.status()).isEqualTo(409);
        assertThat(served.type()).isEqualTo("about:blank");
        Map<String, ?> body = served.answer().orElseThrow().problem().toMap();
        assertThat(body).doesNotContainKeys("code", "conflictingField", "conflictingValue", "rule");
        assertNothingLeaks(served, value);
    }

    private static void assertUntouched(Served served) {
        assertThat(served.thrown()).isNotNull();
        assertThat(served.answer()).isEmpty();
    }

    private static void assertNothingLeaks(Served served, String value) {
        String said = served.body().toLowerCase(Locale.ROOT);
        assertThat(said).doesNotContain(value.toLowerCase(Locale.ROOT));
        for (String name :
                List.of("uk_", "fk_", "ck_", "insert", "update ", "sqlstate", "jakarta", "org.", "customer (")) {
            assertThat(said).doesNotContain(name);
        }
    }
}
