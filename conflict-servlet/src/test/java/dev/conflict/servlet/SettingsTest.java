package dev.conflict.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.conflict.ConflictException;
import dev.conflict.Disclosure;
import dev.conflict.problem.NeutralReply;
import dev.conflict.problem.Occurrence.Caller;
import dev.conflict.problem.ProblemShape;
import dev.conflict.schemas.ProblemSchemas;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.UnavailableException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be set, in code and by init-params. */
class SettingsTest {
    private final HttpServletRequest request = Fakes.request("POST", "/orders/1");
    private final HttpServletResponse response = Fakes.response();
    private final StringWriter body = new StringWriter();

    private String answer(ConflictFilter filter, RuntimeException thrown) throws Exception {
        body.getBuffer().setLength(0);
        doThrow(new IllegalStateException()).when(response).getOutputStream();
        when(response.getWriter()).thenReturn(new PrintWriter(body));
        filter.doFilter(request, response, (r, s) -> {
            throw thrown;
        });
        if (body.toString().startsWith("{\"type\"")) {
            ProblemSchemas.check(body.toString().getBytes(UTF_8));
        }
        return body.toString();
    }

    private static FilterConfig config(Map<String, String> parameters) {
        FilterConfig config = mock(FilterConfig.class);
        ServletContext context = mock(ServletContext.class);
        when(context.getClassLoader()).thenReturn(SettingsTest.class.getClassLoader());
        when(config.getFilterName()).thenReturn("conflict");
        when(config.getServletContext()).thenReturn(context);
        when(config.getInitParameterNames()).thenAnswer(call -> Collections.enumeration(parameters.keySet()));
        parameters.forEach((name, value) -> when(config.getInitParameter(name)).thenReturn(value));
        return config;
    }

    private static ConflictFilter declared(Map<String, String> parameters) throws ServletException {
        ConflictFilter filter = new ConflictFilter();
        filter.init(config(parameters));
        return filter;
    }

    @Test
    void codeStandsInTheFieldThatWasNamed() throws Exception {
        answer(
                Fakes.initialised(ConflictFilter.builder().errorCodeHeader("X-Error-Code")),
                ConflictException.state("S"));

        verify(response).setHeader("X-Error-Code", "S");
    }

    @Test
    void codeThatIsNoTokenIsLeftOut() throws Exception {
        answer(
                Fakes.initialised(ConflictFilter.builder().errorCodeHeader("X-Error-Code")),
                ConflictException.state("A\r\nSet-Cookie: b"));

        verify(response, never()).setHeader(eq("X-Error-Code"), any());
    }

    @Test
    void traceIsTheOneThatTheApplicationTells() throws Exception {
        when(request.getAttribute("trace")).thenReturn("4bf92f35\"<");

        String told = answer(
                Fakes.initialised(ConflictFilter.builder()
                        .traceId(asked -> Optional.ofNullable((String) asked.getAttribute("trace")))),
                ConflictException.state("S"));

        assertThat(told).contains("\"traceId\":\"4bf92f35\\\"\\u003c\"");
        verify(request, never()).getHeader("traceparent");
    }

    @Test
    void neutralAnswerTellsNoCode() throws Exception {
        ConflictFilter filter = Fakes.initialised(ConflictFilter.builder()
                .errorCodeHeader("X-Error-Code")
                .problems(problems -> problems.neutral((occurrence, taken) -> Optional.of(NeutralReply.of(202)))));
        answer(filter, ConflictException.unique("email"));

        verify(response).setStatus(202);
        verify(response, never()).setHeader(eq("X-Error-Code"), any());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "X Error",
                "X-Error:",
                "X\r\nY",
                "Ü",
                "ETag",
                "content-type",
                "Vary",
                "Set-Cookie",
                "Access-Control-Allow-Origin"
            })
    void fieldForCodesHasANameOfItsOwn(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConflictFilter.builder().errorCodeHeader(name))
                .withMessageContaining("X-Error-Code");
        assertThatThrownBy(() -> declared(Map.of("errorCodeHeader", name)))
                .isInstanceOf(ServletException.class)
                .hasMessage(
                        "The filter \"conflict\" has the init-param errorCodeHeader = \"" + name
                                + "\", which is not valid; it takes the name of a header field of its own, such as X-Error-Code");
    }

    private static Caller byAttribute(HttpServletRequest request) {
        return request.getAttribute("account") == null ? Caller.ANONYMOUS : Caller.AUTHENTICATED;
    }

    @Test
    void callerIsWhomTheApplicationKnows() throws Exception {
        ConflictException taken = ConflictException.unique("email").disclose(Disclosure.AUTHENTICATED);
        request.setAttribute("account", "a");

        assertThat(answer(Fakes.initialised(ConflictFilter.builder().caller(SettingsTest::byAttribute)), taken))
                .contains("EMAIL_TAKEN");
    }

    @Test
    void callerIsAnonymousIfTheApplicationDoesNotKnowHimOrFails() throws Exception {
        when(request.getUserPrincipal()).thenReturn(() -> "known to the container");
        for (ConflictFilter.Builder builder : new ConflictFilter.Builder[] {
            ConflictFilter.builder().caller(SettingsTest::byAttribute),
            ConflictFilter.builder().caller(unable -> {
                throw new IllegalStateException("secret");
            }),
            ConflictFilter.builder().caller(SettingsTest::none)
        }) {
            ConflictException taken = ConflictException.unique("email").disclose(Disclosure.AUTHENTICATED);
            assertThat(answer(Fakes.initialised(builder), taken))
                    .contains("409")
                    .doesNotContain("EMAIL", "secret");
        }
    }

    @SuppressWarnings("NullAway") // an application that is not checked
    private static Caller none(HttpServletRequest request) {
        return null;
    }

    /** Stands in docs/problems.md. */
    private static void register(ServletContext context) {
        ConflictFilter.builder()
                .errorCodeHeader("X-Error-Code")
                .caller(request -> request.getAttribute("account") == null ? Caller.ANONYMOUS : Caller.AUTHENTICATED)
                .problems(problems -> problems.defaultLanguage(Locale.GERMAN))
                .problemsForErrors()
                .register(context, "/*");
    }

    @Test
    void settingsWorkTogether() {
        try (TomcatServer server = TomcatServer.start(SettingsTest::register)) {
            HttpResponse<String> refused = server.exchange(
                    (request, response) -> {
                        throw ConflictException.state("S");
                    },
                    "POST");
            assertThat(refused.headers().firstValue("X-Error-Code")).contains("S");
            assertThat(refused.headers().firstValue("Content-Language")).contains("de");
            assertThat(server.exchange((request, response) -> response.sendError(410), "POST")
                            .body())
                    .contains("\"status\":410");
        }
    }

    @Test
    void messagesNeedProblemsThatTellThem() {
        assertThatThrownBy(() -> declared(Map.of("errorMessages", "true")))
                .isInstanceOf(ServletException.class)
                .hasMessageContaining("errorMessages needs problemsForErrors");
    }

    @Test
    void messageOfAnErrorIsToldOnlyIfAskedFor() {
        for (boolean told : new boolean[] {true, false}) {
            ConflictFilter.Builder builder = ConflictFilter.builder().problemsForErrors();
            ConflictFilter.Builder telling = told ? builder.errorMessages() : builder;
            try (TomcatServer server = TomcatServer.start(context -> telling.register(context, "/*"))) {
                String body = server.exchange((request, response) -> response.sendError(404, "No such thing"), "GET")
                        .body();
                assertThat(body.contains("\"detail\":\"No such thing\"")).isEqualTo(told);
            }
        }
    }

    /** A container takes a servlet out of service for it. */
    @Test
    void exceptionThatMeansSomethingToTheContainerGoesOn() throws Exception {
        ConflictFilter filter = Fakes.initialised(ConflictFilter.builder().problemsForExceptions());
        UnavailableException unavailable = new UnavailableException("later");

        assertThatThrownBy(() -> filter.doFilter(request, response, (r, s) -> {
                    throw unavailable;
                }))
                .isSameAs(unavailable);
    }

    @Test
    void problemsAreToldAsTheApplicationSays() throws Exception {
        ConflictFilter filter = Fakes.initialised(ConflictFilter.builder()
                .problems(problems -> problems.defaultLanguage(Locale.GERMAN).shape(occurrence -> ProblemShape.OLDER)));
        assertThat(answer(filter, ConflictException.state("S"))).contains("\"details\":{");
        verify(response).setHeader("Content-Language", "de");
    }

    @Test
    void declaredFilterTellsInItsDefaultLanguage() throws Exception {
        answer(declared(Map.of("defaultLanguage", "de", "errorCodeHeader", "X-Code")), ConflictException.state("S"));

        verify(response).setHeader("Content-Language", "de");
        verify(response).setHeader("X-Code", "S");
    }

    @Test
    void declaredFilterLoadsMessages() throws Exception {
        when(request.getHeaders("Accept-Language")).thenReturn(Collections.enumeration(Collections.singleton("nl")));
        String told =
                answer(declared(Map.of("messages", "dev.conflict.servlet.texts nl en")), ConflictException.state("S"));

        verify(response).setHeader("Content-Language", "nl");
        assertThat(told).contains("Dat gaat nu niet");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "defaultLanguage | deutsch_ | the tag of a language, such as de-AT",
                "defaultLanguage | ''       | the tag of a language, such as de-AT",
                "messages        | ''       | the base name of properties files and the languages",
                "messages        | a.b      | the base name of properties files and the languages",
                "messages        | a.b e_n  | the base name of properties files and the languages",
                "strict          | TRUE     | true or false",
                "typeBase        | a        | an absolute URI",
            })
    void wrongValueStopsTheStartAndSaysWhatIsRight(String name, String value, String right) {
        assertThatThrownBy(() -> declared(Map.of(name, value)))
                .isInstanceOf(ServletException.class)
                .hasMessageStartingWith("The filter \"conflict\" has the init-param " + name + " = \"" + value
                        + "\", which is not valid; it takes " + right);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "defaultLanguage | fr             | The default language fr has no bundle; there are en, de",
                "messages        | no.such.texts en | There is no no/such/texts_en.properties",
            })
    void valueThatDoesNotFitTheApplicationStopsTheStart(String name, String value, String why) {
        assertThatThrownBy(() -> declared(Map.of(name, value)))
                .isInstanceOf(ServletException.class)
                .hasMessageStartingWith("The filter \"conflict\" cannot start: " + why);
    }
}
