package dev.conflict.servlet;

import dev.conflict.http.Preconditions;
import dev.conflict.problem.Occurrence.Caller;
import dev.conflict.problem.ProblemTranslator;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.IllformedLocaleException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a filter is told before its container initialises it, in code or by init-params. */
final class Configuration {
    private static final String TYPE_BASE = "typeBase";
    private static final String ERROR_CODE_HEADER = "errorCodeHeader";
    private static final String DEFAULT_LANGUAGE = "defaultLanguage";
    private static final String MESSAGES = "messages";

    final ProblemTranslator.Builder translator = ProblemTranslator.builder();

    private final Map<String, Preconditions> rules = new LinkedHashMap<>();
    private final Map<String, ValidatorSource> sources = new LinkedHashMap<>();
    private final Set<Option> options = EnumSet.noneOf(Option.class);
    private Function<? super HttpServletRequest, Caller> callers =
            request -> request.getUserPrincipal() == null ? Caller.ANONYMOUS : Caller.AUTHENTICATED;
    private Function<? super HttpServletRequest, Optional<String>> traces = request -> Optional.empty();
    private @Nullable String errorCodeHeader;

    void addRules(String pattern, Preconditions added) {
        add(rules, pattern, Objects.requireNonNull(added, "rules"), "rules");
    }

    void addSource(String pattern, ValidatorSource added) {
        add(sources, pattern, Objects.requireNonNull(added, "source"), "a source of validators");
    }

    private static <T> void add(Map<String, T> values, String pattern, T value, String what) {
        if (values.putIfAbsent(UrlPatterns.requireValid(pattern), value) != null) {
            throw new IllegalArgumentException("The URL pattern \"" + pattern + "\" has " + what + " already");
        }
    }

    void add(Option option) {
        options.add(option);
    }

    void askWhoCalls(Function<? super HttpServletRequest, Caller> callers) {
        this.callers = Objects.requireNonNull(callers, "caller");
    }

    void askForTrace(Function<? super HttpServletRequest, Optional<String>> traces) {
        this.traces = Objects.requireNonNull(traces, "traces");
    }

    /**
     * Sets the field for codes.
     *
     * @throws IllegalArgumentException if the name is no token, or that of a field with another meaning
     */
    void setErrorCodeHeader(String name) {
        if (!Fields.isToken(name) || Fields.isTaken(name)) {
            throw new IllegalArgumentException("The field for codes has a name of its own, such as X-Error-Code, not \""
                    + RefusalLog.printable(name) + "\"");
        }
        errorCodeHeader = name;
    }

    /**
     * Takes over an init-param.
     *
     * @throws IllegalArgumentException if there is no such, or its value is not valid; the message is a subordinate clause
     */
    void set(String name, String value) {
        Option option = Option.named(name);
        if (option != null) {
            set(option, value);
            return;
        }
        switch (name) {
            case TYPE_BASE ->
                set(
                        () -> translator.typeBase(value),
                        "an absolute URI that ends with / : or #, such as https://api.example.org/problems/");
            case ERROR_CODE_HEADER ->
                set(() -> setErrorCodeHeader(value), "the name of a header field of its own, such as X-Error-Code");
            case DEFAULT_LANGUAGE ->
                set(() -> translator.defaultLanguage(language(value)), "the tag of a language, such as de-AT");
            case MESSAGES ->
                set(
                        () -> setMessages(value),
                        "the base name of properties files and the languages for which there is one,"
                                + " such as com.example.problems en fr");
            default ->
                throw new IllegalArgumentException("which is unknown; known are " + String.join(", ", parameters()));
        }
    }

    private static Set<String> parameters() {
        Set<String> names = new TreeSet<>(List.of(TYPE_BASE, ERROR_CODE_HEADER, DEFAULT_LANGUAGE, MESSAGES));
        for (Option option : Option.values()) {
            names.add(option.parameter());
        }
        return names;
    }

    private static void set(Runnable setting, String right) {
        try {
            setting.run();
        } catch (IllegalArgumentException | IllformedLocaleException wrong) {
            throw new IllegalArgumentException("which is not valid; it takes " + right, wrong);
        }
    }

    private void set(Option option, String value) {
        if (!value.equals("true") && !value.equals("false")) {
            throw new IllegalArgumentException("which is not valid; it takes true or false");
        }
        if (value.equals("true")) {
            options.add(option);
        } else {
            options.remove(option);
        }
    }

    private void setMessages(String value) {
        List<Locale> languages = new ArrayList<>();
        String[] words = value.strip().split("\\s+", -1);
        for (int i = 1; i < words.length; i++) {
            languages.add(language(words[i]));
        }
        if (languages.isEmpty()) {
            throw new IllegalArgumentException("No language");
        }
        translator.messages(
                words[0],
                languages.get(0),
                languages.subList(1, languages.size()).toArray(new Locale[0]));
    }

    private static Locale language(String tag) {
        Locale language = new Locale.Builder().setLanguageTag(tag).build();
        if (language.getLanguage().isEmpty()) {
            throw new IllegalArgumentException("No language");
        }
        return language;
    }

    /**
     * Ends the configuration.
     *
     * @throws IllegalStateException if settings contradict each other or do not fit what is on the class path
     */
    Edge edge(ClassLoader classLoader) {
        if (options.contains(Option.STRICT) && options.contains(Option.REPORT_ONLY)) {
            throw new IllegalStateException(
                    "strict and reportOnly contradict each other: one makes an error of a write that"
                            + " nobody guarded, the other refuses nothing that the application does not");
        }
        if (options.contains(Option.ERROR_MESSAGES) && !options.contains(Option.PROBLEMS_FOR_ERRORS)) {
            throw new IllegalStateException(
                    "errorMessages needs problemsForErrors, without which no problem tells them");
        }
        return new Edge(
                translator.build(classLoader),
                new UrlPatterns<>(rules),
                new UrlPatterns<>(sources),
                callers,
                traces,
                errorCodeHeader,
                Set.copyOf(options));
    }
}
