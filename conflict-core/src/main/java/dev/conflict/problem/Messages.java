package dev.conflict.problem;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/** The texts for people, by type and, more precisely, by code. */
final class Messages {
    private static final ResourceBundle TEXTS =
            ResourceBundle.getBundle("dev.conflict.problem.messages", Locale.ROOT, Messages.class.getModule());

    private Messages() {}

    static String title(ProblemType type) {
        return type.isAboutBlank() ? StatusPhrase.of(type.status()) : TEXTS.getString(type.name() + ".title");
    }

    static Optional<String> detail(ProblemType type, @Nullable String code, Map<String, ?> members) {
        return text(type, code, "detail").map(text -> fill(text, members));
    }

    static Optional<String> suggestion(ProblemType type, @Nullable String code, Map<String, ?> members) {
        return text(type, code, "suggestion").map(text -> fill(text, members));
    }

    private static Optional<String> text(ProblemType type, @Nullable String code, String part) {
        String ofCode = type.name() + "." + code + "." + part;
        String key = TEXTS.containsKey(ofCode) ? ofCode : type.name() + "." + part;
        return TEXTS.containsKey(key) ? Optional.of(TEXTS.getString(key)) : Optional.empty();
    }

    /** Puts members in place of their names in braces. A member that is missing leaves the name standing. */
    private static String fill(String text, Map<String, ?> members) {
        StringBuilder filled = new StringBuilder(text.length() + 16);
        int at = 0;
        for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', at)) {
            int close = text.indexOf('}', open);
            Object value = members.get(text.substring(open + 1, close));
            filled.append(text, at, open).append(value == null ? text.substring(open + 1, close) : value);
            at = close + 1;
        }
        return filled.append(text, at, text.length()).toString();
    }
}
