package dev.conflict.servlet;

import dev.conflict.http.Preconditions;
import dev.conflict.problem.ProblemTranslator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** What a filter is told before its container initialises it, in code or by init-params. */
final class Configuration {
    final ProblemTranslator.Builder translator = ProblemTranslator.builder();

    private final Map<String, Preconditions> rules = new LinkedHashMap<>();
    private final Map<String, ValidatorSource> sources = new LinkedHashMap<>();
    private boolean strict;
    private boolean tagOnPut;

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

    void beStrict() {
        strict = true;
    }

    void tagOnPut() {
        tagOnPut = true;
    }

    /**
     * Takes over an init-param.
     *
     * @throws IllegalArgumentException if there is no such, or its value is not valid; the message is a subordinate clause
     */
    void set(String name, String value) {
        switch (name) {
            case "typeBase" -> setTypeBase(value);
            case "strict" -> strict = isTrue(value);
            case "tagOnPut" -> tagOnPut = isTrue(value);
            default -> throw new IllegalArgumentException("which is unknown; known are strict, tagOnPut and typeBase");
        }
    }

    private void setTypeBase(String value) {
        try {
            translator.typeBase(value);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(
                    "which is not valid; it takes an absolute URI that ends with / : or #, "
                            + "such as https://api.example.org/problems/",
                    wrong);
        }
    }

    private static boolean isTrue(String value) {
        if (!value.equals("true") && !value.equals("false")) {
            throw new IllegalArgumentException("which is not valid; it takes true or false");
        }
        return value.equals("true");
    }

    Edge edge(ClassLoader classLoader) {
        return new Edge(
                translator.build(classLoader), new UrlPatterns<>(rules), new UrlPatterns<>(sources), strict, tagOnPut);
    }
}
