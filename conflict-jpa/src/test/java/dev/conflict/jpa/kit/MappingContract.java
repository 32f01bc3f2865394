package dev.conflict.jpa.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conflict.Conflict;
import dev.conflict.ConflictException;
import dev.conflict.Disclosure;
import dev.conflict.jpa.JpaConflictReader;
import dev.conflict.jpa.MappedConstraints;
import dev.conflict.sql.ConstraintCatalog;
import jakarta.persistence.EntityManager;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Constraints that the mapping names need no declaration of their own. */
public abstract class MappingContract extends Kit {
    private ConflictException conflict(ConstraintCatalog catalog, Consumer<EntityManager> work) {
        RuntimeException thrown = null;
        try {
            meanwhile(work);
        } catch (RuntimeException refused) {
            thrown = refused;
        }
        assertThat(thrown).isNotNull();
        return JpaConflictReader.of(catalog).read(thrown).orElseThrow();
    }

    private ConflictException conflict(Consumer<EntityManager> work) {
        return conflict(MappedConstraints.of(stack.factory()), work);
    }

    private static String email() {
        return "mapped" + newId() + "@example.org";
    }

    @Test
    void uniqueConstraintOfATableIsTheAttributes() {
        String email = email();
        meanwhile(em -> em.persist(new Customer(email, null)));

        assertThat(conflict(em -> em.persist(new Customer(email, null))).conflict())
                .isInstanceOfSatisfying(
                        Conflict.Uniqueness.class,
                        taken -> assertThat(taken.field()).isEqualTo("email"));
    }

    @Test
    void uniqueIndexWithAnOrderIsTheAttributes() {
        String nick = "nick" + newId();
        meanwhile(em -> em.persist(new Customer(email(), nick)));

        assertThat(conflict(em -> em.persist(new Customer(email(), nick))).conflict())
                .isInstanceOfSatisfying(
                        Conflict.Uniqueness.class,
                        taken -> assertThat(taken.field()).isEqualTo("nick"));
    }

    @Test
    void whoseValueIsTakenStaysHiddenUntilADeclarationSaysMore() {
        ConstraintCatalog declared = ConstraintCatalog.builder()
                .unique("uk_customer_email", "mail")
                .disclose(Disclosure.PUBLIC)
                .otherwise(MappedConstraints.of(stack.factory()))
                .build();
        String email = email();
        meanwhile(em -> em.persist(new Customer(email, null)));

        assertThat(conflict(em -> em.persist(new Customer(email, null))).conflict())
                .isInstanceOfSatisfying(
                        Conflict.Uniqueness.class,
                        hidden -> assertThat(hidden.disclosure()).isEqualTo(Disclosure.HIDDEN));
        assertThat(conflict(declared, em -> em.persist(new Customer(email, null)))
                        .conflict())
                .isInstanceOfSatisfying(Conflict.Uniqueness.class, shown -> {
                    assertThat(shown.disclosure()).isEqualTo(Disclosure.PUBLIC);
                    assertThat(shown.field()).isEqualTo("mail");
                });
    }

    @Test
    void foreignKeyOfAJoinColumnIsTheAttributes() {
        Document document = newDocument();
        meanwhile(em -> em.persist(new Remark(newId(), em.find(Document.class, document.getId()), "part")));

        assertThat(conflict(em -> em.createNativeQuery("delete from document where id = " + document.getId())
                                .executeUpdate())
                        .conflict())
                .isInstanceOf(Conflict.Dependency.class);
    }

    @Test
    void columnThatMayNotBeNullIsTheAttributes() {
        assertThat(conflict(em -> em.createNativeQuery("insert into remark (id) values (" + newId() + ")")
                                .executeUpdate())
                        .conflict())
                .isInstanceOfSatisfying(Conflict.Integrity.class, broken -> {
                    assertThat(broken.field()).isEqualTo("text");
                    assertThat(broken.rule()).isEqualTo("required");
                });
    }

    @Test
    void twoDeclarationsOfOneConstraintAreStillRefused() {
        ConstraintCatalog.Builder builder =
                ConstraintCatalog.builder().otherwise(MappedConstraints.of(stack.factory()));

        assertThatThrownBy(() -> builder.unique("UK_CUSTOMER_EMAIL", "mail"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("declared twice");
    }
}
