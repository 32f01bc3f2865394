package dev.conflict.databases;

import java.util.Random;

/** Values that try to look like the end of a value, like SQL, like another constraint, or that fill a buffer. */
final class HostileText {
    private static final String[] PIECES = {
        "'",
        "\"",
        "\"\"",
        "\"\"\"\"",
        "`",
        "``",
        "»",
        "«",
        "„",
        "“",
        "”",
        "’",
        "\\",
        "\\'",
        "\n",
        "\r\n",
        "\t",
        "\u2028",
        " for key 'uk_nick'",
        "' for key 'uk_nick'",
        "' for key 'PRIMARY",
        "' für Schlüssel 'uk_nick'",
        "Duplicate entry '",
        ": \"",
        "\"; SQL statement:\n",
        "PUBLIC.UK_NICK",
        "uk_nick",
        "UK_EMAIL_INDEX_1",
        " INDEX ",
        " ON ",
        " PRIMARY KEY ON ",
        " VALUES ( /* 1 */ ",
        " )",
        "[23505-252]",
        "[23505-100]",
        "(conn=7) ",
        "duplicate key value violates unique constraint \"uk_nick\"",
        "Key (nick)=(",
        ") already exists.",
        "Unique index or primary key violation: \"PUBLIC.UK_NICK ON PUBLIC.USERS(NICK)\"",
        "; UK_NICK table: USERS",
        " table: ",
        " value: ",
        "[SQLITE_CONSTRAINT_UNIQUE]",
        "(UNIQUE constraint failed: users.nick)",
        "batch entry 0: ",
        "ORA-00001: unique constraint (S.UK_NICK) violated",
        "'. Cannot insert duplicate key",
        "CONSTRAINT `uk_nick` failed for `d`.`users`",
        "index 'uk_nick'",
        "Ω",
        "𝕏",
        "😀",
        "ß",
        "字"
    };

    private static final int MOST_CHARACTERS = 180;

    private HostileText() {}

    static String of(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i >= 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        if (random.nextInt(8) == 0) {
            text.insert(0, "😀".repeat(random.nextInt(40)) + "字".repeat(random.nextInt(60)));
        }
        int end = Math.min(text.length(), MOST_CHARACTERS);
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end);
    }
}
