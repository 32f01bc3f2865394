package dev.conflict.servlet;

import dev.conflict.problem.ProblemTranslator;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** The settings of a filter that {@code web.xml} declares; they are told to its configuration as code would tell them. */
final class InitParams {
    private static final String TYPE_BASE = "typeBase";
    private static final String ERROR_CODE_HEADER = "errorCodeHeader";
    private static final String DEFAULT_LANGUAGE = "defaultLanguage";
    private static final String MESSAGES = "messages";

    private final Configuration configuration;
    private final ProblemTranslator.Builder translator;

    private InitParams(Configuration configuration) {
        this.configuration = configuration;
        this.translator = configuration.translator;
    }

    /**
     * Takes over all init-params, and ends the configuration.
     *
     * @throws ServletException if one is unknown, or its value is not valid; if settings contradict each other or do not fit
     *     what is on the class path
     */
    static Edge edge(FilterConfig config, Configuration configuration) throws ServletException {
        InitParams params = new InitParams(configuration);
        for (String name : Collections.list(config.getInitParameterNames())) {
            String value = config.getInitParameter(name);
            try {
                params.set(name, value);
            } catch (IllegalArgumentException wrong) {
                throw new ServletException(
                        "The filter \"" + config.getFilterName() + "\" has the init-param " + name + " = \"" + value
                                + "\", " + wrong.getMessage(),
                        wrong);
            }
        }
        try {
            return configuration.edge(config.getServletContext().getClassLoader());
        } catch (IllegalStateException wrong) {
            throw new ServletException(
                    "The filter \"" + config.getFilterName() + "\" cannot start: " + wrong.getMessage(), wrong);
        }
    }

    /**
     * Takes over one.
     *
     * @throws IllegalArgumentException if there is no such, or its value is not valid; the message is a subordinate clause
     */
    private void set(String name, String value) {
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
                set(
                        () -> configuration.setErrorCodeHeader(value),
                        "the name of a header field of its own, such as X-Error-Code");
            case DEFAULT_LANGUAGE ->
                set(() -> translator.defaultLanguage(language(value)), "the tag of a language, such as de-AT");
            case MESSAGES ->
                set(
                        () -> setMessages(value),
                        "the base name of properties files and the languages for which there is one,"
                                + " such as com.example.problems en fr");
            default -> throw new IllegalArgumentException("which is unknown; known are " + String.join(", ", names()));
        }
    }

    private static Set<String> names() {
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
        switch (value) {
            case "true" -> configuration.add(option);
            case "false" -> configuration.remove(option);
            default -> throw new IllegalArgumentException("which is not valid; it takes true or false");
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
}
