package dev.conflict.stacks.app;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/**
 * What the exceptions of an application know, and nothing that we write may show.
 *
 * <table>
 * <caption>Where they are planted in everything that is thrown</caption>
 * <tr><td>the exception</td><td>a statement and a value in its message</td></tr>
 * <tr><td>its cause, where it is not the conflict itself</td><td>a conflict, with the rest as its cause</td></tr>
 * <tr><td>an SQLException among the causes</td><td>constraint, value, row and statement in its message, on several lines</td></tr>
 * <tr><td>the SQLException after it</td><td>a password</td></tr>
 * <tr><td>suppressed, by the exception and by the SQLException</td><td>a path of the server</td></tr>
 * </table>
 */
public final class Secrets {
    private static final String VALUE = "ada@h1dden.example";
    private static final String CONSTRAINT = "uk_h1dden_accounts_email";
    private static final String STATEMENT = "insert into h1dden_accounts (email) values (?)";
    private static final String PASSWORD = "s3cr3t-passw0rd";
    private static final String PATH = "/srv/h1dden/keys.pem";

    /** Whatever none of our answers, header fields and log lines may contain, in small letters. */
    private static final List<String> TOLD = List.of("h1dden", "s3cr3t", "insert into", "duplicate key", "ada@");

    private Secrets() {}

    /** The secrets that a text tells, none if it keeps them all. */
    public static List<String> toldBy(String text) {
        String said = text.toLowerCase(Locale.ROOT);
        return TOLD.stream().filter(said::contains).toList();
    }

    /** What a driver would say. */
    static SQLException sql() {
        SQLException refused = new SQLException(
                "ERROR: duplicate key value violates unique constraint \"" + CONSTRAINT + "\"\n  Detail: Key (email)=("
                        + VALUE + ") already exists. [" + STATEMENT + "]",
                "23505");
        refused.setNextException(new SQLException("login with " + PASSWORD + " failed"));
        refused.addSuppressed(new IOException(PATH));
        return refused;
    }

    /** An exception that tells everything, and has a cause. */
    static RuntimeException around(Throwable cause) {
        IllegalStateException outer =
                new IllegalStateException("could not execute [" + STATEMENT + "] with " + VALUE, cause);
        outer.addSuppressed(new IOException(PATH));
        return outer;
    }
}
