package dev.conflict.example;

import dev.conflict.ConflictException;
import dev.conflict.Details;
import dev.conflict.Details.Member;
import dev.conflict.problem.NeutralReply;
import dev.conflict.problem.Occurrence;
import dev.conflict.problem.ProblemException;
import jakarta.persistence.EntityManager;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Sign-ups of strangers. Who has an account is nobody's business: that an address has one is told in a mail to it, and the
 * answer is the same as if it had none. Nothing is taken before the address is confirmed, or a second sign-up would tell.
 */
final class SignUps {
    /** The answer to every sign-up and every recovery. */
    static final Map<String, String> NEXT = Map.of("next", "Look into your mail.");

    /** Marks the conflict that {@link #neutral} answers; which path led to it does not matter. */
    private static final Details OF_STRANGER = Details.none().with(Member.VARIANT, "STRANGER");

    private final Store store;
    private final Users users;
    private final Mail mail;

    SignUps(Store store, Users users, Mail mail) {
        this.store = store;
        this.users = users;
        this.mail = mail;
    }

    /** Asks the owner of an address to confirm it. */
    void request(String email, String username) {
        SignUp wish = store.inTransaction(em -> {
            Users.requireFreeName(em, username);
            if (Users.hasAccount(em, email)) {
                throw ConflictException.unique("email")
                        .value(email)
                        .with(OF_STRANGER); // nobody learns of it: see neutral
            }
            SignUp signUp = new SignUp(email, username);
            em.persist(signUp);
            return signUp;
        });
        mail.send(email, "Confirm your address: POST /sign-ups/" + wish.token());
    }

    /** What the edge answers in place of a conflict that nobody may learn of. */
    Optional<NeutralReply> neutral(Occurrence occurrence, ConflictException.Uniqueness taken) {
        if (!taken.details().text(Member.VARIANT).equals(OF_STRANGER.text(Member.VARIANT))) {
            return Optional.empty();
        }
        taken.details()
                .text(Member.CONFLICTING_VALUE)
                .ifPresent(owner -> mail.send(owner, "You have an account already. Recover it: POST /recoveries"));
        return Optional.of(NeutralReply.of(202).body("application/json", Json.write(NEXT)));
    }

    /** Creates the account of whoever got the mail; once. */
    User.View confirm(UUID token) {
        return store.inTransaction(
                        em -> {
                            SignUp wish = wish(em, token);
                            users.requireFree(em, wish.email(), wish.username());
                        },
                        em -> {
                            SignUp wish = wish(em, token);
                            em.remove(wish);
                            return Users.add(em, wish.email(), wish.username());
                        })
                .view();
    }

    /** Reads a token; what is none was never mailed. */
    static UUID token(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException noToken) {
            throw ProblemException.notFound();
        }
    }

    private static SignUp wish(EntityManager em, UUID token) {
        return Optional.ofNullable(em.find(SignUp.class, token)).orElseThrow(ProblemException::notFound);
    }

    /** Helps whoever owns the address, and tells everybody else nothing. */
    void recover(String email) {
        if (store.inTransaction(em -> Users.hasAccount(em, email))) {
            mail.send(email, "Choose a new password.");
        }
    }
}
