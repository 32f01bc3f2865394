package dev.conflict.servlet;

import static dev.conflict.servlet.TomcatServer.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.when;

import dev.conflict.EntityTag;
import dev.conflict.Target;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.http.Preconditions;
import dev.conflict.http.Validators;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The ledger of a request, and the answer to a reader who has everything. */
class ServletPreconditionsTest {
    private static final EntityTag CURRENT = EntityTag.strong("2");
    private static final Instant CHANGED = Instant.parse("2026-11-22T10:00:00Z");

    private static TomcatServer with;
    private static TomcatServer without;

    /** Whether a filter stands before the servlet. */
    enum Filter {
        THERE,
        ABSENT;

        TomcatServer server() {
            return this == THERE ? with : without;
        }
    }

    @BeforeAll
    static void start() {
        with = TomcatServer.start(context -> ConflictFilter.register(context, "/*"));
        without = TomcatServer.start(context -> {});
    }

    @AfterAll
    static void stop() {
        with.close();
        without.close();
    }

    private static void read(HttpServletRequest request) {
        ConditionalRequest conditional = ServletPreconditions.of(request);
        conditional.respondWith(() -> Optional.of(CURRENT));
        conditional.require(new Target("Document", "1"), Validators.of(CURRENT).lastModified(CHANGED));
    }

    @ParameterizedTest
    @EnumSource(Filter.class)
    void readerWhoHasItGetsNoMoreThanCachesNeed(Filter filter) {
        TomcatServer.Service service = (request, response) -> {
            read(request);
            response.setHeader("Vary", "Accept");
            response.setDateHeader("Last-Modified", CHANGED.toEpochMilli());
            response.setHeader("Access-Control-Allow-Origin", "*");
            response.setHeader("Content-Language", "en");
            if (!ServletPreconditions.sendNotModified(request, response)) {
                response.setContentType("text/plain;charset=UTF-8");
                response.getWriter().print("content");
            }
        };
        filter.server().serve("/document", service);

        for (String method : List.of("GET", "HEAD")) {
            HttpResponse<String> answer = filter.server().send(method, "/document", "If-None-Match", "\"1\", W/\"2\"");
            assertThat(answer.statusCode()).isEqualTo(304);
            assertThat(answer.body()).isEmpty();
            assertThat(answer.headers().map().keySet())
                    .containsExactlyInAnyOrder("etag", "vary", "cache-control", "date", "access-control-allow-origin");
            assertThat(field(answer, "ETag")).isEqualTo("\"2\"");
            assertThat(field(answer, "Cache-Control")).isEqualTo("private, no-cache");
        }
        HttpResponse<String> full = filter.server().send("GET", "/document", "If-None-Match", "\"1\"");
        assertThat(full.statusCode()).isEqualTo(200);
        assertThat(full.body()).isEqualTo("content");
        assertThat(field(full, "Content-Language")).isEqualTo("en");
    }

    @Test
    void dateAloneIsEnoughAndStays() {
        HttpResponse<String> answer = with.exchange(
                (request, response) -> {
                    response.setDateHeader("Last-Modified", CHANGED.toEpochMilli());
                    ServletPreconditions.of(request)
                            .evaluate(Validators.untagged().lastModified(CHANGED));
                    ServletPreconditions.sendNotModified(request, response);
                },
                "GET",
                "If-Modified-Since",
                "Sun, 22 Nov 2026 10:00:00 GMT");

        assertThat(answer.statusCode()).isEqualTo(304);
        assertThat(answer.headers().map().keySet()).containsExactlyInAnyOrder("last-modified", "date");
    }

    @ParameterizedTest
    @EnumSource(Filter.class)
    void tagAndCachingOfTheApplicationStay(Filter filter) {
        HttpResponse<String> answer = filter.server()
                .exchange(
                        (request, response) -> {
                            read(request);
                            response.setHeader("ETag", "\"own\"");
                            response.setHeader("Cache-Control", "max-age=60");
                            ServletPreconditions.sendNotModified(request, response);
                        },
                        "GET",
                        "If-None-Match",
                        "*");

        assertThat(field(answer, "ETag")).isEqualTo("\"own\"");
        assertThat(answer.headers().allValues("Cache-Control")).containsExactly("max-age=60");
    }

    @Test
    void requestThatNobodyEvaluatedIsLeftAlone() {
        HttpResponse<String> answer = with.exchange(
                (request, response) -> response.getWriter()
                        .print(ServletPreconditions.sendNotModified(request, response)
                                + " "
                                + ServletPreconditions.sendNotModified(request, response)),
                "GET",
                "If-None-Match",
                "*");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("false false");
    }

    @Test
    void committedResponseIsAnError() {
        HttpServletRequest request = Fakes.request("GET", "/");
        when(request.getHeader("If-None-Match")).thenReturn("*");
        when(request.getHeaders("If-None-Match")).thenAnswer(call -> Collections.enumeration(List.of("*")));
        HttpServletResponse response = Fakes.response();
        doThrow(new IllegalStateException("committed")).when(response).reset();
        ServletPreconditions.of(request).evaluate(Validators.of(CURRENT));

        assertThatThrownBy(() -> ServletPreconditions.sendNotModified(request, response))
                .isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,  '',            '',                              'private, no-cache'",
        "GET,  Cache-Control, 'public, max-age=60',            'public, max-age=60'",
        "GET,  Expires,       'Sun, 22 Nov 2026 10:00:00 GMT', ",
        "GET,  Expires,       'Thu, 01 Jan 1970 00:00:00 GMT', 'private, no-cache'",
        "GET,  Pragma,        no-cache,                        ",
        "POST, '',            '',                              ",
    })
    void taggedReadIsPrivateUnlessItsApplicationSaysOtherwise(
            String method, String field, String value, String expected) {
        HttpResponse<String> answer = with.exchange(
                (request, response) -> {
                    read(request);
                    if (!field.isEmpty()) {
                        response.setHeader(field, value);
                    }
                    response.getWriter().print("content");
                },
                method);

        assertThat(field(answer, "ETag")).isEqualTo("\"2\"");
        assertThat(field(answer, "Cache-Control")).isEqualTo(expected);
    }

    @Test
    void readWithoutATagSaysNothingToCaches() {
        HttpResponse<String> answer = with.exchange(
                (request, response) -> ServletPreconditions.of(request).evaluate(Validators.untagged()), "GET");

        assertThat(field(answer, "Cache-Control")).isNull();
    }

    /** The default has to be set before the first byte leaves, and an application may decide after it wrote some. */
    @ParameterizedTest
    @CsvSource({"set", "add"})
    void decisionThatComesLateReplacesTheDefault(String how) {
        HttpResponse<String> answer = with.exchange(
                (request, response) -> {
                    read(request);
                    response.setContentType("text/plain;charset=UTF-8");
                    response.getWriter().print("x".repeat(response.getBufferSize() / 2));
                    assertThat(response.getHeader("Cache-Control")).isEqualTo("private, no-cache");
                    if (how.equals("set")) {
                        response.setHeader("Cache-Control", "max-age=60");
                    } else {
                        response.addHeader("Cache-Control", "max-age=60");
                        response.addHeader("Cache-Control", "must-revalidate");
                    }
                },
                "GET");

        assertThat(answer.headers().allValues("Cache-Control"))
                .isEqualTo(how.equals("set") ? List.of("max-age=60") : List.of("max-age=60", "must-revalidate"));
    }

    @Test
    void ledgerIsOneForEveryWrapper() {
        HttpServletRequest request = Fakes.request("PUT", "/");

        assertThat(ServletPreconditions.of(new HttpServletRequestWrapper(request)))
                .isSameAs(ServletPreconditions.of(request));
    }

    /** A filter further out, for logging or so, does not take the rules away from the resource. */
    @Test
    void ledgerThatWasMadeBeforeTheFilterComesUnderItsConfiguration() throws Exception {
        HttpServletRequest request = Fakes.request("PUT", "/documents/1");
        when(request.getServletPath()).thenReturn("/documents/1");
        ConditionalRequest before = ServletPreconditions.of(request);
        before.respondWith(() -> Optional.of(CURRENT));

        Fakes.initialised(ConflictFilter.builder().tagOnPut().preconditions("/documents/*", Preconditions.optional()))
                .doFilter(request, Fakes.response(), (r, s) -> {
                    assertThat(ServletPreconditions.of(request)).isSameAs(before);
                    before.require(new Target("Document", "1"), Validators.of(CURRENT));
                });

        assertThat(before.isEvaluated()).isTrue();
        assertThat(before.responseTag()).contains(CURRENT);
    }

    @Test
    void answerToAPutHasATagIfTheFilterIsTold() {
        TomcatServer.Service service = (request, response) -> {
            ServletPreconditions.of(request).respondWith(() -> Optional.of(CURRENT));
            response.setStatus(204);
        };
        try (TomcatServer server = TomcatServer.start(
                context -> ConflictFilter.builder().tagOnPut().register(context, "/*"))) {
            assertThat(field(server.exchange(service, "PUT"), "ETag")).isEqualTo("\"2\"");
        }
        assertThat(field(with.exchange(service, "PUT"), "ETag")).isNull();
        assertThat(field(with.exchange(service, "PATCH"), "ETag")).isEqualTo("\"2\"");
    }
}
