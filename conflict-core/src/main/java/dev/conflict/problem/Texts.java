package dev.conflict.problem;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The texts for people in one language, by type and, more precisely, by code and variant.
 *
 * <p>Of the texts whose placeholders the answer can fill, the most precise is taken: {@code <type>.<CODE>.<VARIANT>.detail},
 * {@code <type>.<CODE>.detail}, {@code <type>.<VARIANT>.detail}, {@code <type>.detail}. The type about:blank is written with
 * its status, {@code about-blank.400}, at last with {@code about-blank.4xx}. Where an answer cannot fill a text of the
 * application's, ours of that key is taken.
 */
final class Texts {
    static final Texts NONE = new Texts(Locale.ROOT, Map.of());

    private static final String TITLE = ".title";
    private static final String DETAIL = ".detail";
    private static final String SUGGESTION = ".suggestion";
    private static final String PHRASE = "about-blank.";

    /** The texts that some answer of a type of ours comes down to. */
    private static final Pattern LAST = Pattern.compile("[a-z-]+(\\.[45]xx)?\\.[a-z]+");

    private static final Pattern MEMBER = Pattern.compile("\\{(\\w+)}");

    private final Locale language;
    private final Map<String, String> byKey;

    /** Our texts over which the application's stand. */
    private final Map<String, String> ours;

    Texts(Locale language, Map<String, String> byKey) {
        this(language, byKey, Map.of());
    }

    private Texts(Locale language, Map<String, String> byKey, Map<String, String> ours) {
        this.language = language;
        this.byKey = Map.copyOf(byKey);
        this.ours = Map.copyOf(ours);
    }

    /** These texts of ours under those of an application. */
    Texts under(Map<String, String> own) {
        Map<String, String> both = new HashMap<>(byKey);
        both.putAll(own);
        Map<String, String> covered = new HashMap<>(byKey);
        covered.keySet().retainAll(own.keySet());
        return new Texts(language, both, covered);
    }

    /** What a text is looked up for. */
    record Subject(
            ProblemType type,
            @Nullable String code,
            @Nullable String variant,
            Map<String, ?> members) {}

    Locale language() {
        return language;
    }

    Map<String, String> byKey() {
        return byKey;
    }

    /** Tells whether a problem of the type can be told in this language. */
    boolean has(ProblemType type) {
        return type.isAboutBlank() ? byKey.containsKey(anyOf(500) + TITLE) : byKey.containsKey(type.name() + TITLE);
    }

    Optional<String> title(ProblemType type) {
        if (type.isAboutBlank()) {
            return Optional.of(phrase(type.status())).filter(phrase -> !phrase.isEmpty());
        }
        return Optional.ofNullable(byKey.get(type.name() + TITLE));
    }

    /** The phrase of a status (RFC 9110 §15, RFC 6585), which titles a problem of type about:blank. */
    String phrase(int status) {
        String phrase = byKey.get(phraseKey(status));
        return phrase != null ? phrase : byKey.getOrDefault(anyOf(status) + TITLE, "");
    }

    /** What stands for every status of its kind. */
    private static String anyOf(int status) {
        return PHRASE + (status < 500 ? "4xx" : "5xx");
    }

    private static String phraseKey(int status) {
        return PHRASE + status + TITLE;
    }

    Optional<String> detail(Subject subject) {
        return text(subject, DETAIL);
    }

    Optional<String> suggestion(Subject subject) {
        return text(subject, SUGGESTION);
    }

    /** What to do about every problem of a type. */
    Optional<String> suggestion(ProblemType type) {
        return Optional.ofNullable(byKey.get(type.name() + SUGGESTION));
    }

    private Optional<String> text(Subject subject, String part) {
        int status = subject.type.status();
        String type = subject.type.isAboutBlank() ? PHRASE + status : subject.type.name();
        String any = subject.type.isAboutBlank() ? anyOf(status) : type;
        String code = subject.code == null ? "" : "." + subject.code;
        String variant = subject.variant == null ? "" : "." + subject.variant;
        for (String key : List.of(type + code + variant, type + code, type + variant, type, any)) {
            String filled = fill(byKey.get(key + part), subject.members);
            filled = filled != null ? filled : fill(ours.get(key + part), subject.members);
            if (filled != null) {
                return Optional.of(filled);
            }
        }
        return Optional.empty();
    }

    /** Puts members in place of their names in braces; null if there is no text, or a member is missing. */
    private static @Nullable String fill(@Nullable String text, Map<String, ?> members) {
        if (text == null) {
            return null;
        }
        StringBuilder filled = new StringBuilder(text.length() + 16);
        int at = 0;
        for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', at)) {
            int close = text.indexOf('}', open);
            Object value = members.get(text.substring(open + 1, close));
            if (value == null) {
                return null;
            }
            filled.append(text, at, open).append(value);
            at = close + 1;
        }
        return filled.append(text, at, text.length()).toString();
    }

    /** Returns the first text whose braces are not pairs; they would be found out in the midst of an answer. */
    Optional<String> keyOfBrokenText() {
        Predicate<String> broken = text -> !MEMBER.matcher(text).replaceAll("").matches("[^{}]*");
        return byKey.entrySet().stream()
                .filter(entry -> broken.test(entry.getValue()))
                .map(Map.Entry::getKey)
                .sorted()
                .findFirst();
    }

    /**
     * Returns the first text without which an answer would have a hole: it is missing, though there are others of its type,
     * or not every answer can fill it, and there is none of ours to give way to.
     *
     * @param english our texts in English, of which every answer is whole
     */
    Optional<String> keyOfHole(Texts english) {
        return english.byKey.keySet().stream()
                .filter(key -> LAST.matcher(key).matches() && !ours.containsKey(key))
                .filter(key -> byKey.keySet().stream().anyMatch(has -> has.startsWith(type(key))))
                .filter(key -> !byKey.containsKey(key)
                        || !members(english.byKey.getOrDefault(key, ""))
                                .containsAll(members(byKey.getOrDefault(key, ""))))
                .sorted()
                .findFirst();
    }

    private static String type(String key) {
        return key.substring(0, key.indexOf('.') + 1);
    }

    /** The members whose names stand in a text. */
    static Set<String> members(String text) {
        return MEMBER.matcher(text).results().map(name -> name.group(1)).collect(Collectors.toSet());
    }
}
