package dev.conflict.test;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conflict.problem.ProblemDetail;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ProblemAssertTest {
    private static final ProblemDetail PROBLEM = ProblemDetail.builder(412)
            .type(URI.create("urn:problem-type:conflict:precondition-failed"))
            .detail("Somebody was faster.")
            .extension("code", "VERSION_MISMATCH")
            .extension("currentEtag", "\"1-8\"")
            .extension("tries", 2L)
            .extension("allowedActions", List.of("read"))
            .extension("suggestion", "Read again.")
            .build();

    private static ProblemAssert assertProblem() {
        return ProblemAssert.assertProblem(412, "application/problem+json", PROBLEM.toJson());
    }

    @Test
    void everythingTrueOfTheProblemPasses() {
        assertThatCode(() -> assertProblem()
                        .hasStatus(412)
                        .hasType("precondition-failed")
                        .hasType("urn:problem-type:conflict:precondition-failed")
                        .hasCode("VERSION_MISMATCH")
                        .hasMember("currentEtag", "\"1-8\"")
                        .hasMember("tries", 2L)
                        .hasMember("allowedActions", List.of("read"))
                        .hasMember("tries")
                        .hasNoMember("changedBy")
                        .helps()
                        .doesNotTell("uk_users_email"))
                .doesNotThrowAnyException();
    }

    static Stream<Arguments> falseAssertions() {
        return Stream.of(
                failing("status", it -> it.hasStatus(409)),
                failing("type", it -> it.hasType("version-mismatch")),
                failing("code", it -> it.hasCode("EMAIL_TAKEN")),
                failing("currentEtag", it -> it.hasMember("currentEtag", "\"1-9\"")),
                failing("changedBy", it -> it.hasMember("changedBy")),
                failing("tries", it -> it.hasNoMember("tries")),
                failing("body", it -> it.doesNotTell("Somebody was faster")));
    }

    private static Arguments failing(String what, Consumer<ProblemAssert> assertion) {
        return Arguments.of(what, assertion);
    }

    @ParameterizedTest
    @MethodSource("falseAssertions")
    void everythingFalseFailsAndShowsTheBody(String what, Consumer<ProblemAssert> assertion) {
        assertThatThrownBy(() -> assertion.accept(assertProblem()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(what)
                .hasMessageContaining(new String(PROBLEM.toJson(), StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(nullValues = "none", delimiter = '|', textBlock = """
            412 | application/json         | {"status":412} | media type
            412 | none                     | {"status":412} | media type
            412 | application/problem+json | Conflict       | body
            412 | application/problem+json | {"status":409} | status in the body
            """)
    void answerThatIsNoProblemFails(int status, @Nullable String contentType, String body, String what) {
        assertThatThrownBy(
                        () -> ProblemAssert.assertProblem(status, contentType, body.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Expected " + what);
    }

    @Test
    void problemThatTellsAPersonNothingDoesNotHelp() {
        byte[] bare = ProblemDetail.builder(409).build().toJson();

        assertThatThrownBy(() -> ProblemAssert.assertProblem(409, "application/problem+json;x=y", bare)
                        .helps())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Expected detail");
    }
}
