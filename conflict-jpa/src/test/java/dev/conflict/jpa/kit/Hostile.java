package dev.conflict.jpa.kit;

import java.util.Random;

/** Texts that parsers of database messages stumble over. */
final class Hostile {
    private static final String[] PIECES = {
        "'",
        "\"",
        "''",
        "\"\"",
        "\"\"\"",
        "`",
        "»",
        "«",
        "„",
        "\\",
        "\n",
        "\r\n",
        "\t",
        ";",
        ":",
        ": \"",
        "\"; SQL statement:\n",
        "UK_CUSTOMER_NICK",
        "uk_customer_nick",
        "uk_customer_email",
        "PUBLIC.UK_CUSTOMER_EMAIL",
        " INDEX ",
        " ON ",
        "PUBLIC.CUSTOMER(",
        " PRIMARY KEY ON ",
        " VALUES ( /* 1 */ ",
        " )",
        "[23505-252]",
        " [23506-110]",
        "_INDEX_6",
        "Unique index or primary key violation: \"PUBLIC.UK_CUSTOMER_NICK ON PUBLIC.CUSTOMER(NICK) VALUES ( 1 )\"",
        "Referential integrity constraint violation: \"FK_PURCHASE_CUSTOMER: PUBLIC.PURCHASE FOREIGN KEY(",
        "duplicate key value violates unique constraint \"uk_customer_nick\"",
        "Detail: Key (nick)=(",
        ") already exists.",
        "insert or update on table \"purchase\" violates foreign key constraint \"fk_purchase_customer\"",
        "update or delete on table ",
        " for key 'uk_customer_nick",
        "Duplicate entry 'x' for key 'evil'",
        "ERROR: ",
        "\u2028",
        "\u0001",
        "Ω",
        "𝕏",
        "%s",
        "{0}",
        "$1",
        "null",
        "<script>"
    };

    private Hostile() {}

    static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int pieces = 1 + random.nextInt(6);
        for (int i = 0; i < pieces; i++) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }
}
