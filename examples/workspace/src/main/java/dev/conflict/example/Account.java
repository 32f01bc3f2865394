package dev.conflict.example;

import dev.conflict.problem.ProblemDetail;
import dev.conflict.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** Two people who may sign in. A real application asks its directory, and its code holds no password. */
enum Account {
    ADA("lovelace", Account.ADMINISTRATOR),
    CHARLES("babbage", "colleague");

    static final String ADMINISTRATOR = "administrator";

    private final String password;
    private final String role;

    Account(String password, String role) {
        this.password = password;
        this.role = role;
    }

    String user() {
        return name().toLowerCase(Locale.ROOT);
    }

    String password() {
        return password;
    }

    String role() {
        return role;
    }

    /** Finds who sent these credentials (RFC 7617), for servers that cannot sign in anybody themselves. */
    static Optional<Account> of(String credentials) {
        return Arrays.stream(values())
                .filter(account -> credentials.equals("Basic " + account.token()))
                .findFirst();
    }

    private String token() {
        return Base64.getEncoder().encodeToString((user() + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** Requires that whoever asks has the role of an administrator. */
    static void requireAdministrator(Predicate<String> role) {
        if (!role.test(ADMINISTRATOR)) {
            throw new ProblemException(ProblemDetail.builder(403)
                    .title("Forbidden")
                    .detail("Only an administrator cancels an order whatever its state.")
                    .build());
        }
    }
}
