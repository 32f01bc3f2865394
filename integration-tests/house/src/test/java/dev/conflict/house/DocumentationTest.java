package dev.conflict.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documentation shows stands in a source that the build compiles, and what it links to is there. */
class DocumentationTest {
    private static final Pattern JAVA = Pattern.compile("```java\\R(.*?)```", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");
    private static final int README_LINES = 200;

    private static final List<String> EVERYWHERE = List.of(
            "type", "title", "status", "detail", "instance", "code", "suggestion", "path", "timestamp", "balance");

    private static final String SOURCES = sources();

    /** A block of Java in a page. */
    record Shown(Path page, String code) {
        @Override
        public String toString() {
            return page.getFileName() + ": " + code.strip().lines().findFirst().orElse("");
        }
    }

    static Stream<Shown> shown() {
        return pages().flatMap(
                        page -> JAVA.matcher(read(page)).results().map(block -> new Shown(page, block.group(1))));
    }

    @ParameterizedTest
    @MethodSource("shown")
    void javaInTheDocumentationIsCompiled(Shown shown) {
        assertThat(SOURCES).contains(withoutSpace(shown.code()));
    }

    @Test
    void linksInTheDocumentationLeadSomewhere() {
        List<String> dead = new ArrayList<>();
        pages().forEach(page -> LINK.matcher(read(page))
                .results()
                .map(MatchResult::group)
                .map(link -> link.substring(2).split("[#)]", 2)[0])
                .filter(link -> !Files.exists(page.resolveSibling(link)))
                .forEach(link -> dead.add(page.getFileName() + " -> " + link)));

        assertThat(dead).isEmpty();
    }

    @Test
    void readmeIsShortAndShowsCodeEarly() {
        List<String> lines = read(House.ROOT.resolve("README.md")).lines().toList();

        assertThat(lines).hasSizeLessThanOrEqualTo(README_LINES);
        assertThat(lines.get(2)).isNotBlank();
        assertThat(lines.indexOf("```java")).isBetween(0, 14);
    }

    @Test
    void readmeHasTheTestCommandOfTheBuild() {
        assertThat(read(House.ROOT.resolve("README.md"))).contains("    mvn verify");
        assertThat(read(House.ROOT.resolve(".ci/run"))).contains("step verify mvn -B verify");
    }

    static Stream<String> vocabulary() {
        return read(House.ROOT.resolve("conflict-core/src/test/resources/dev/conflict/problem/vocabulary.golden"))
                .lines()
                .filter(line -> !line.startsWith("#"));
    }

    /** A row of the golden file stands in the page: the type with its status, and the members in the same line. */
    @ParameterizedTest
    @MethodSource("vocabulary")
    void everyAnswerStandsInThePageOfTypes(String row) {
        String[] columns = row.split(" [|] ", -1);
        String status = columns[2];
        String type = "`" + columns[3].replace("urn:problem-type:conflict:", "") + "`";
        List<String> members = Stream.of(columns[5].split(" ", -1))
                .filter(member -> !EVERYWHERE.contains(member) && !row.startsWith("idempotency"))
                .map(member -> "`" + member + "`")
                .toList();

        // A paragraph that is no table is one line.
        assertThat(read(House.ROOT.resolve("docs/problem-types.md")).replaceAll("(?<![|\\n])\\n(?!\\n)", " "))
                .matches(page -> page.lines()
                        .anyMatch(line -> (line.startsWith("| " + type + " | " + status)
                                        && members.stream().allMatch(line::contains))
                                || line.contains(type + " (" + status + ")")));
    }

    private static Stream<Path> pages() {
        try (Stream<Path> root = Files.list(House.ROOT);
                Stream<Path> docs = Files.list(House.ROOT.resolve("docs"))) {
            return Stream.concat(root, docs).filter(file -> file.toString().endsWith(".md")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sources() {
        try (Stream<Path> files = Files.walk(House.ROOT)) {
            StringBuilder all = new StringBuilder();
            files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !House.ROOT.relativize(file).toString().contains("target"))
                    .forEach(file -> all.append(withoutSpace(read(file))));
            return all.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String withoutSpace(String text) {
        return text.replaceAll("\\s+", "");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
