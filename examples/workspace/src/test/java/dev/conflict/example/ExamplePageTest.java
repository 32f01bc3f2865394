package dev.conflict.example;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.conflict.harness.DatabaseEngine;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The {@code curl} lines of the page are sent, one after the other, and each answer must be the one that stands there. */
class ExamplePageTest {
    private static final Pattern EXCHANGE =
            Pattern.compile("```console\\n\\$ curl -i (.*?)\\n(.*?)\\n```", Pattern.DOTALL);
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

    /** What differs from one run to another. */
    private static final Pattern OF_THE_MOMENT =
            Pattern.compile("urn:uuid:[0-9a-f-]{36}|\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void answersOnThePageAreRealOnes(DatabaseEngine engine) throws Exception {
        String page = Files.readString(Path.of("..", "..", "docs", "example.md"));
        List<MatchResult> exchanges = EXCHANGE.matcher(page).results().toList();
        assertThat(exchanges).hasSizeGreaterThan(40);

        try (RunningWorkspace workspace = new RunningWorkspace(engine, folder)) {
            new Play(workspace.uri(), new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8))
                    .perform();
            for (MatchResult exchange : exchanges) {
                HttpResponse<String> answer = send(workspace, exchange.group(1));

                String[] shown = exchange.group(2).split("\n\n", 2);
                assertThat(head(answer)).as(exchange.group(1)).isEqualTo(shown[0]);
                assertThat(body(answer.body()))
                        .as(exchange.group(1))
                        .isEqualTo(body(shown.length == 1 ? "" : shown[1]));
            }
        }
    }

    private static HttpResponse<String> send(RunningWorkspace workspace, String line) {
        String method = "";
        String path = "";
        String body = "";
        List<String> fields = new ArrayList<>();
        Matcher words = WORD.matcher(line);
        while (words.find()) {
            switch (word(words)) {
                case "-X" -> method = next(words);
                case "-H" -> fields.addAll(List.of(next(words).split(": ", 2)));
                case "-u" -> {
                    fields.add("Authorization");
                    fields.add("Basic "
                            + Base64.getEncoder().encodeToString(next(words).getBytes(StandardCharsets.UTF_8)));
                }
                case "--json", "-d" -> body = next(words);
                default -> path = word(words).replace("localhost:8080", "");
            }
        }
        String implied = body.isEmpty() ? "GET" : "POST";
        return workspace.send(method.isEmpty() ? implied : method, path, body, fields.toArray(String[]::new));
    }

    private static String next(Matcher words) {
        assertThat(words.find()).isTrue();
        return word(words);
    }

    private static String word(Matcher words) {
        return words.group(1) == null ? words.group(2) : words.group(1);
    }

    private static String head(HttpResponse<String> answer) {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + answer.statusCode());
        answer.headers()
                .firstValue("ETag")
                .ifPresent(tag -> head.append("\nETag: ").append(tag));
        answer.headers()
                .firstValue("Location")
                .ifPresent(uri -> head.append("\nLocation: ").append(uri));
        return head.toString();
    }

    /** The body without what is of the moment, and without the order of its members, which means nothing. */
    private static JsonNode body(String text) throws JsonProcessingException {
        return new ObjectMapper().readTree(withoutTheMoment(text));
    }

    private static String withoutTheMoment(String text) {
        return OF_THE_MOMENT.matcher(text).replaceAll("…");
    }
}
