package dev.conflict.example;

import static dev.conflict.Disclosure.PUBLIC;

import dev.conflict.Conflicts;
import dev.conflict.sql.ConstraintCatalog;
import jakarta.persistence.EntityManager;

/** Creates users whose e-mail address and name nobody else has. */
final class Users {
    /**
     * What the two constraints mean to a caller. Everybody here is a colleague, so both may be told; a site for the public
     * leaves the e-mail address hidden, since who has an account there is nobody's business.
     */
    static final ConstraintCatalog CONSTRAINTS = ConstraintCatalog.builder()
            .unique("uk_users_email", "email")
            .disclose(PUBLIC)
            .unique("uk_users_username", "username")
            .disclose(PUBLIC)
            .build();

    private final Store store;

    Users(Store store) {
        this.store = store;
    }

    /** Creates a user: 409 EMAIL_TAKEN or USERNAME_TAKEN, also when somebody takes it in the very same moment. */
    User.View create(String email, String username) {
        return store.inTransaction(em -> {
                    Conflicts.requireUnique("email", email, value -> isTaken(em, "email", value), PUBLIC);
                    Conflicts.requireUnique("username", username, value -> isTaken(em, "username", value), PUBLIC);
                    User user = new User(email, username);
                    em.persist(user);
                    return user;
                })
                .view();
    }

    private static boolean isTaken(EntityManager em, String field, String value) {
        return em.createQuery("select count(u) from User u where u." + field + " = :value", Long.class)
                        .setParameter("value", value)
                        .getSingleResult()
                > 0;
    }
}
