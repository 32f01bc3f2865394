package dev.conflict.spring.boot;

import dev.conflict.http.Preconditions;
import dev.conflict.servlet.ConflictFilter;
import dev.conflict.spring.boot.ConflictProperties.Messages;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Tells a filter what the properties say. */
final class FilterSettings {
    private static final String PATTERN = "Write /path, /path/*, *.extension or /. ";

    private final ConflictProperties properties;
    private final ConflictFilter.Builder filter;

    private FilterSettings(ConflictProperties properties, ConflictFilter.Builder filter) {
        this.properties = properties;
        this.filter = filter;
    }

    /**
     * Tells all of it.
     *
     * @throws InvalidPropertyException if a value is not valid, or two contradict each other
     */
    static void apply(ConflictProperties properties, ConflictFilter.Builder filter) {
        FilterSettings settings = new FilterSettings(properties, filter);
        settings.options();
        settings.texts();
        settings.patterns();
    }

    private void options() {
        set(properties.strict(), ConflictFilter.Builder::strict);
        set(properties.reportOnly(), ConflictFilter.Builder::reportOnly);
        set(properties.tagOnPut(), ConflictFilter.Builder::tagOnPut);
        set(properties.problemsForErrors(), ConflictFilter.Builder::problemsForErrors);
        set(properties.errorMessages(), ConflictFilter.Builder::errorMessages);
        set(properties.problemsForExceptions(), ConflictFilter.Builder::problemsForExceptions);
        if (properties.strict() && properties.reportOnly()) {
            throw new InvalidPropertyException(
                    name("strict"),
                    "is true, and so is " + name("report-only") + ": one makes an error of a write that nobody guarded,"
                            + " the other refuses nothing that the application does not.",
                    "Set one of them to false.");
        }
        if (properties.errorMessages() && !properties.problemsForErrors()) {
            throw new InvalidPropertyException(
                    name("error-messages"),
                    "is true, and " + name("problems-for-errors")
                            + ", without which no problem tells a message, is not.",
                    "Set " + name("problems-for-errors") + " to true as well.");
        }
    }

    private void set(boolean asked, Consumer<ConflictFilter.Builder> option) {
        if (asked) {
            option.accept(filter);
        }
    }

    private void texts() {
        String typeBase = properties.typeBase();
        if (typeBase != null) {
            check(
                    "type-base",
                    typeBase,
                    () -> filter.typeBase(typeBase),
                    "Set an absolute URI that ends with / : or #, such as https://api.example.org/problems/");
        }
        String header = properties.errorCodeHeader();
        if (header != null) {
            check(
                    "error-code-header",
                    header,
                    () -> filter.errorCodeHeader(header),
                    "Set the name of a header field of its own, such as X-Error-Code");
        }
        Locale language = properties.defaultLanguage();
        if (language != null) {
            filter.problems(problems -> problems.defaultLanguage(requireLanguage("default-language", language)));
        }
        messages(properties.messages());
    }

    private void messages(Messages messages) {
        String baseName = messages.baseName();
        if (baseName == null && messages.languages().isEmpty()) {
            return;
        }
        if (baseName == null || messages.languages().isEmpty()) {
            throw new InvalidPropertyException(
                    name(baseName == null ? "messages.base-name" : "messages.languages"),
                    "is missing.",
                    "Set both: " + name("messages.base-name") + "=com.example.problems and "
                            + name("messages.languages") + "=en,fr");
        }
        Locale[] languages = messages.languages().stream()
                .map(each -> requireLanguage("messages.languages", each))
                .toArray(Locale[]::new);
        filter.problems(problems -> problems.messages(
                baseName,
                languages[0],
                List.of(languages).subList(1, languages.length).toArray(Locale[]::new)));
    }

    private static Locale requireLanguage(String property, Locale language) {
        // What has no tag, Spring reads all the same: "not a language" as a language, a country and a variant.
        if (language.getLanguage().isEmpty()
                || !Locale.forLanguageTag(language.toLanguageTag()).equals(language)) {
            throw wrong(property, language.toString(), "Set the tag of a language, such as de-AT");
        }
        return language;
    }

    private void patterns() {
        if (properties.urlPatterns().isEmpty()) {
            throw wrong("url-patterns", "", "Set at least one, such as /*");
        }
        ConflictFilter.Builder probe = ConflictFilter.builder();
        properties.urlPatterns().stream()
                .distinct()
                .forEach(pattern -> check(
                        "url-patterns",
                        pattern,
                        () -> probe.preconditions(pattern, Preconditions.optional()),
                        PATTERN));
        properties
                .preconditions()
                .forEach((pattern, rule) -> check(
                        "preconditions",
                        pattern,
                        () -> filter.preconditions(pattern, rule.rules()),
                        PATTERN + "Put it in brackets, which keep its characters: "
                                + name("preconditions[/documents/*]") + "=required"));
    }

    private static void check(String property, String value, Runnable setting, String right) {
        try {
            setting.run();
        } catch (IllegalArgumentException refused) {
            throw wrong(property, value, right.strip());
        }
    }

    private static InvalidPropertyException wrong(String property, String value, String right) {
        return new InvalidPropertyException(
                name(property), "has the value \"" + value + "\", which is not valid.", right);
    }

    private static String name(String property) {
        return ConflictProperties.PREFIX + "." + property;
    }
}
