package dev.conflict.sql;

import java.util.regex.Pattern;

/** Names that become part of a statement. */
final class Identifier {
    private static final String ONE = "(?:[\\p{L}_][\\p{L}\\p{N}_$#]*|\"[^\"]+\"|`[^`]+`|\\[[^\\[\\]]+])";
    private static final Pattern QUALIFIED = Pattern.compile(ONE + "(?:\\." + ONE + "){0,2}");

    private Identifier() {}

    /** Returns a name, plain or quoted, with or without schema and catalogue. */
    static String checked(String name) {
        if (!QUALIFIED.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "A name is expected, plain or quoted, such as orders or shop.\"order\", not: " + name);
        }
        return name;
    }
}
