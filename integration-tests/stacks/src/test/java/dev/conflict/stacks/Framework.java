package dev.conflict.stacks;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What an application is written with. */
@SuppressWarnings("ImmutableEnumChecker") // the lists are copies that nobody can change
enum Framework {
    SERVLET(
            "plain servlet",
            Line.EE10,
            List.of(),
            "startAsync, then throw",
            "ConflictResponses.send",
            "dispatch, then throw"),
    JERSEY_31("Jersey 3.1", Line.EE10, Groups.JERSEY, "@Suspended, then throw", "resume(thrown)", "CompletionStage"),
    JERSEY_4("Jersey 4", Line.EE11, Groups.JERSEY, "@Suspended, then throw", "resume(thrown)", "CompletionStage"),
    SPRING_62("Spring MVC 6.2", Line.EE10, Groups.SPRING, "Callable", "DeferredResult", "CompletableFuture"),
    SPRING_7("Spring MVC 7", Line.EE11, Groups.SPRING, "Callable", "DeferredResult", "CompletableFuture"),
    JERSEY_31_ADAPTED(JERSEY_31, "conflict-jaxrs"),
    JERSEY_4_ADAPTED(JERSEY_4, "conflict-jaxrs"),
    SPRING_62_ADAPTED(SPRING_62, "conflict-spring"),
    SPRING_7_ADAPTED(SPRING_7, "conflict-spring");

    /** Jersey finds it by itself, so only those have it that are to be adapted. */
    private static final List<String> JAXRS_ADAPTER = List.of("/conflict-jaxrs/");

    /** Where a repository keeps the jars of a framework and of what it needs. */
    private static final class Groups {
        static final List<String> JERSEY = List.of(
                "/org/glassfish/",
                "/org/javassist/",
                "/jakarta/ws/",
                "/jakarta/inject/",
                "/jakarta/validation/",
                "/jakarta/annotation/",
                "/jakarta/xml/",
                "/jakarta/activation/");
        static final List<String> SPRING = List.of("/org/springframework/", "/io/micrometer/", "/commons-logging/");
    }

    private final String text;
    private final Line line;
    private final List<String> groups;
    private final List<String> ways;
    private final boolean adapted;

    Framework(String text, Line line, List<String> groups, String... ways) {
        this.text = text;
        this.line = line;
        this.groups = groups;
        this.ways = List.of(ways);
        this.adapted = false;
    }

    /** The same with an adapter of ours beside the filter. */
    Framework(Framework plain, String adapter) {
        this.text = plain.text + " with " + adapter;
        this.line = plain.line;
        this.groups = plain.groups;
        this.ways = plain.ways;
        this.adapted = true;
    }

    List<Path> jars() {
        return adapted && isJersey()
                ? Stream.of(line.jarsOf(groups), Line.EE10.jarsOf(JAXRS_ADAPTER))
                        .flatMap(List::stream)
                        .toList()
                : line.jarsOf(groups);
    }

    boolean isAdapted() {
        return adapted;
    }

    boolean isJersey() {
        return groups.equals(Groups.JERSEY);
    }

    /** What this framework does at a moment. */
    String at(Moment moment) {
        return switch (moment) {
            case ASYNC_FIRST -> ways.get(0);
            case ASYNC_SECOND -> ways.get(1);
            case ASYNC_THIRD -> ways.get(2);
            case BEFORE, PARTIAL, WRITER, COMMITTED -> moment.toString();
        };
    }

    @Override
    public String toString() {
        return text;
    }
}
