package dev.conflict.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReceivedProblemTest {
    private static ReceivedProblem parse(String json) {
        return ReceivedProblem.parse(json.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }

    private static Optional<ReceivedProblem> parse(int status, @Nullable String contentType, String json) {
        return ReceivedProblem.parse(status, contentType, json.getBytes(StandardCharsets.UTF_8));
    }

    @Nested
    class Ignoring {
        @ParameterizedTest(name = "RFC 9457 §3.1: {0} ignores {1}")
        @CsvSource(
                delimiter = '|',
                value = {
                    "{\"status\":\"409\",\"title\":\"t\"} | status",
                    "{\"status\":409.0,\"title\":\"t\"} | status",
                    "{\"instance\":\"a b\",\"type\":7,\"title\":\"t\"} | instance type",
                    "{\"detail\":null,\"title\":\"t\"} | detail",
                    "{\"title\":{},\"status\":9999} | title status",
                    "{\"code\":7,\"title\":\"t\"} | ''",
                    "{\"status\":1e2,\"title\":\"t\"} | status"
                })
        void standardMemberOfTheWrongTypeIsListed(String json, String ignored) {
            ReceivedProblem received = parse(json);
            assertThat(String.join(" ", received.ignored())).isEqualTo(ignored);
            assertThat(received.problem().toMap()).doesNotContainKeys(ignored.split(" ", -1));
        }

        @Test
        void listDoesNotChange() {
            List<String> names = new java.util.ArrayList<>(List.of("status"));
            ReceivedProblem received =
                    new ReceivedProblem(ProblemDetail.builder(409).build(), names);
            names.clear();
            assertThat(received.ignored()).containsExactly("status");
        }

        @Test
        void halfAPairIsReadAsItIsWritten() {
            ProblemDetail problem = parse("{\"title\":\"a\\ud800\",\"b\":[\"\\ud83d\\ude00\",\"\\udc01c\"]}")
                    .problem();
            assertThat(problem.toMap())
                    .containsExactly(entry("title", "a\uFFFD"), entry("b", List.of("\uD83D\uDE00", "\uFFFDc")));
            assertThat(parse(new String(problem.toJson(), StandardCharsets.UTF_8))
                            .problem())
                    .isEqualTo(problem);
        }

        @Test
        void absentStatusStaysAbsent() {
            assertThat(parse("{\"title\":\"t\"}").problem().status()).isEmpty();
            assertThat(parse("{\"title\":\"t\"}").ignored()).isEmpty();
        }
    }

    @Nested
    class OlderShape {
        private static final String BODY =
                "{\"timestamp\":\"2026-11-23T10:00:00Z\",\"status\":409,\"error\":\"Conflict\","
                        + "\"message\":\"It left.\",\"path\":\"/orders/1\",\"details\":{\"code\":\"SHIPPED\","
                        + "\"currentStatus\":\"SHIPPED\",\"suggestion\":\"Open a return.\"}}";

        @Test
        void everythingStandsWhereAProblemHasIt() {
            ProblemDetail problem = parse(BODY).problem();
            assertThat(problem.toMap())
                    .isEqualTo(Map.of(
                            "title", "Conflict",
                            "status", 409,
                            "detail", "It left.",
                            "code", "SHIPPED",
                            "currentStatus", "SHIPPED",
                            "suggestion", "Open a return.",
                            "path", "/orders/1",
                            "timestamp", "2026-11-23T10:00:00Z"));
            assertThat(problem.type()).isEqualTo("about:blank");
            assertThat(problem.code()).contains("SHIPPED");
        }

        @Test
        void whatWasWrittenInItIsReadBackButForTypeTitleAndInstance() {
            ProblemDetail sent = ProblemDetail.builder(409)
                    .detail("It left.")
                    .extension("code", "SHIPPED")
                    .extension("errors", List.of(Map.of("code", "A")))
                    .extension("path", "/orders/1")
                    .extension("timestamp", "now")
                    .extension("suggestion", "s")
                    .build();
            ProblemDetail read = ReceivedProblem.parse(ProblemShape.OLDER.write(sent))
                    .orElseThrow()
                    .problem();
            assertThat(read).isEqualTo(sent.toBuilder().title("Conflict").build());
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "{\"error\":\"e\",\"message\":\"m\",\"details\":{},\"status\":\"409\"} | status",
                    "{\"error\":\"e\",\"message\":\"m\",\"details\":{\"status\":500,\"title\":\"x\",\"type\":\"y\"}} | ''"
                })
        void detailsDoNotStandInForStandardMembers(String json, String ignored) {
            ReceivedProblem received = parse(json);
            assertThat(received.problem().toMap()).isEqualTo(Map.of("title", "e", "detail", "m"));
            assertThat(String.join(" ", received.ignored())).isEqualTo(ignored);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"error\":\"e\",\"message\":\"m\",\"details\":[]}",
                    "{\"error\":1,\"message\":\"m\",\"details\":{}}",
                    "{\"error\":\"e\",\"details\":{}}",
                    "{\"error\":\"e\",\"message\":\"m\",\"details\":{},\"title\":\"t\"}",
                    "{\"error\":\"e\",\"message\":\"m\",\"details\":{},\"detail\":\"d\"}"
                })
        void otherBodiesAreTakenAsTheyAre(String json) {
            assertThat(parse(json).problem().extensions()).containsKey("details");
        }
    }

    @Nested
    class Labels {
        private static final String PROBLEM = "{\"type\":\"urn:x\",\"title\":\"t\"}";

        @ParameterizedTest
        @CsvSource({
            "application/problem+json, true",
            "application/problem+json;charset=utf-8, true",
            "Application/Problem+JSON ; charset=utf-8, true",
            "application/x.problem+json, true",
            "application/x-problem+json, true",
            "application/json, false",
            "application/problem+jsonx, false",
            "text/html, false"
        })
        void labelIsBelievedWhateverTheObjectSays(String contentType, boolean believed) {
            assertThat(parse(200, contentType, "{\"a\":1}").isPresent()).isEqualTo(believed);
        }

        @ParameterizedTest(name = "{0} {1} {2}: {3}")
        @CsvSource(
                delimiter = '|',
                nullValues = "-",
                value = {
                    "409 | application/json | {\"type\":\"urn:x\",\"title\":\"t\"} | true",
                    "409 | text/plain       | {\"type\":\"urn:x\",\"title\":\"t\"} | true",
                    "409 | -                | {\"type\":\"urn:x\",\"title\":\"t\"} | true",
                    "409 | not a type       | {\"title\":\"t\",\"status\":409} | true",
                    "409 | application/json | {\"detail\":\"d\",\"status\":409} | true",
                    "409 | application/json | {\"error\":\"e\",\"message\":\"m\",\"status\":409,\"details\":{}} | true",
                    "409 | application/json | {\"error\":\"e\",\"message\":\"m\",\"details\":{}} | true",
                    "409 | application/json | {\"error\":\"e\",\"message\":\"m\"} | false",
                    "200 | application/json | {\"error\":\"e\",\"message\":\"m\",\"details\":{}} | false",
                    "200 | application/json | {\"type\":\"urn:x\",\"title\":\"t\"} | false",
                    "399 | application/json | {\"type\":\"urn:x\",\"title\":\"t\"} | false",
                    "400 | application/json | {\"type\":\"urn:x\",\"title\":\"t\"} | true",
                    "409 | application/json | {\"title\":\"t\",\"status\":500} | false",
                    "409 | application/json | {\"title\":\"t\"} | false",
                    "409 | application/json | {\"type\":\"urn:x\"} | false",
                    "409 | application/json | {\"status\":409} | false",
                    "503 | application/json | {\"status\":\"DOWN\"} | false",
                    "409 | text/html        | <html> | false"
                })
        void otherwiseTheObjectMustSayIt(int status, @Nullable String contentType, String body, boolean problem) {
            assertThat(parse(status, contentType, body).isPresent()).isEqualTo(problem);
        }

        /** belgif/rest-problem-java#367: a health body under the label of a problem. */
        @Test
        void labelThatLiesGivesWhatCanBeRead() {
            ReceivedProblem received = parse(503, "application/problem+json", "{\"status\":\"DOWN\"}")
                    .orElseThrow();
            assertThat(received.ignored()).containsExactly("status");
            assertThat(received.problem().toMap()).isEmpty();
        }

        @Test
        void whatIsNoObjectIsNoProblemUnderAnyLabel() {
            assertThat(parse(409, "application/problem+json", "[]")).isEmpty();
            assertThat(parse(409, "application/problem+json", PROBLEM)).isPresent();
        }
    }

    @Nested
    class RelativeTypes {
        @ParameterizedTest(name = "RFC 3986 §5.4: {0} -> {1}")
        @CsvSource(
                delimiter = '|',
                value = {
                    "g:h | g:h",
                    "g | http://a/b/c/g",
                    "./g | http://a/b/c/g",
                    "g/ | http://a/b/c/g/",
                    "/g | http://a/g",
                    "//g | http://g",
                    "?y | http://a/b/c/d;p?y",
                    "g?y | http://a/b/c/g?y",
                    "#s | http://a/b/c/d;p?q#s",
                    "g#s | http://a/b/c/g#s",
                    "g?y#s | http://a/b/c/g?y#s",
                    "?y#s | http://a/b/c/d;p?y#s",
                    ";x | http://a/b/c/;x",
                    "g;x | http://a/b/c/g;x",
                    "g;x?y#s | http://a/b/c/g;x?y#s",
                    "'' | http://a/b/c/d;p?q",
                    ". | http://a/b/c/",
                    "./ | http://a/b/c/",
                    ".. | http://a/b/",
                    "../ | http://a/b/",
                    "../g | http://a/b/g",
                    "../.. | http://a/",
                    "../../ | http://a/",
                    "../../g | http://a/g",
                    "../../../g | http://a/g",
                    "../../../../g | http://a/g",
                    "../../../.. | http://a/"
                })
        void referencesAreResolvedByTheStandard(String reference, String resolved) {
            ProblemDetail problem = parse("{\"type\":\"" + reference + "\"}").problem();
            assertThat(problem.typeAt(URI.create("http://a/b/c/d;p?q"))).hasToString(resolved);
            assertThat(problem.type()).isEqualTo(reference);
        }

        @ParameterizedTest
        @CsvSource({
            "http://h, probs/x, http://h/probs/x",
            "http://h?q, probs/x, http://h/probs/x",
            "http://h/a#f, #s, http://h/a#s",
            "http://h/a?q#f, ?y, http://h/a?y",
            "urn:x:y, probs/x, probs/x",
            "/a/b, probs/x, probs/x",
            "mailto:a@b, '', ''"
        })
        void basesThatAreUnusualAreTakenAsTheyAre(String base, String reference, String resolved) {
            ProblemDetail problem = parse("{\"type\":\"" + reference + "\"}").problem();
            assertThat(problem.typeAt(URI.create(base))).hasToString(resolved);
        }

        @Test
        void absentTypeIsAboutBlankEverywhere() {
            assertThat(parse("{}").problem().typeAt(URI.create("http://a/b"))).hasToString("about:blank");
        }
    }
}
