package dev.conflict.example;

import static dev.conflict.Disclosure.PUBLIC;

import dev.conflict.ConflictException;
import dev.conflict.Conflicts;
import dev.conflict.Disclosure;
import jakarta.persistence.EntityManager;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Creates users whose e-mail address and name nobody else has. */
final class Users {
    private final Store store;
    private final Disclosure emails;

    /** Creates users whose addresses are told to be taken to nobody, to the signed-in, or to everybody. */
    Users(Store store, Disclosure emails) {
        this.store = store;
        this.emails = emails;
    }

    /** Creates a user: 409 EMAIL_TAKEN or USERNAME_TAKEN, also when somebody takes it in the very same moment. */
    User.View create(String email, String username) {
        return store.inTransaction(em -> requireFree(em, email, username), em -> add(em, email, username))
                .view();
    }

    static User add(EntityManager em, String email, String username) {
        User user = new User(email, username);
        em.persist(user);
        return user;
    }

    void requireFree(EntityManager em, String email, String username) {
        Conflicts.requireAll(
                () -> {
                    if (hasAccount(em, email)) {
                        throw ConflictException.unique("email")
                                .value(email)
                                .disclose(emails)
                                .link("recover", URI.create("/recoveries"));
                    }
                },
                () -> requireFreeName(em, username));
    }

    static boolean hasAccount(EntityManager em, String email) {
        return !taken(em, "email", List.of(email)).isEmpty();
    }

    /** Requires a free name, and offers others that are free. */
    static void requireFreeName(EntityManager em, String username) {
        List<String> names = new ArrayList<>(Stream.of("", "1", "2", "_")
                .map(ending -> username + ending)
                .filter(name -> name.length() <= User.NAME)
                .toList());
        names.removeAll(taken(em, "username", names));
        if (!names.contains(username)) {
            throw ConflictException.unique("username")
                    .value(username)
                    .disclose(PUBLIC)
                    .alternatives(names);
        }
    }

    private static List<String> taken(EntityManager em, String field, List<String> values) {
        return em.createQuery("select u." + field + " from User u where u." + field + " in :values", String.class)
                .setParameter("values", values)
                .getResultList();
    }
}
