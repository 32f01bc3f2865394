package dev.conflict.servlet;

import dev.conflict.http.Preconditions;
import dev.conflict.problem.Occurrence.Caller;
import dev.conflict.problem.ProblemTranslator;
import jakarta.servlet.http.HttpServletRequest;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a filter is told before its container initialises it, in code or by init-params. */
final class Configuration {
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

    void remove(Option option) {
        options.remove(option);
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
