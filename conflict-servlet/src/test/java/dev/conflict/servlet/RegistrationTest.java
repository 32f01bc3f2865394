package dev.conflict.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.conflict.ConflictException;
import dev.conflict.EntityTag;
import dev.conflict.event.ConflictEvent;
import dev.conflict.http.Preconditions;
import dev.conflict.problem.ProblemDetail;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How a filter comes into an application. */
class RegistrationTest {
    private static final TomcatServer.Service CONFLICTING = (request, response) -> {
        throw ConflictException.state("S");
    };

    private static ProblemDetail problem(HttpResponse<String> answer) {
        return ProblemDetail.parse(answer.body().getBytes(StandardCharsets.UTF_8))
                .orElseThrow();
    }

    @Test
    void oneLineIsEnough() {
        try (TomcatServer server = TomcatServer.start(context -> ConflictFilter.register(context, "/*"))) {
            assertThat(problem(server.exchange(CONFLICTING, "POST")).type())
                    .isEqualTo("urn:problem-type:conflict:state-conflict");
        }
    }

    @Test
    void itStandsBeforeTheFiltersThatAreDeclared() {
        try (TomcatServer server = TomcatServer.start(context -> {
            context.addFilter("throwing", (request, response, chain) -> {
                        throw ConflictException.state("FROM_A_FILTER");
                    })
                    .addMappingForUrlPatterns(null, true, "/*");
            ConflictFilter.register(context, "/*");
        })) {
            assertThat(problem(server.exchange(CONFLICTING, "POST")).code()).contains("FROM_A_FILTER");
        }
    }

    @Test
    void secondRegistrationIsRefused() {
        List<Throwable> thrown = new ArrayList<>();
        try (TomcatServer server = TomcatServer.start(context -> {
            ConflictFilter.register(context, "/*");
            try {
                ConflictFilter.register(context, "/api/*");
            } catch (IllegalStateException refused) {
                thrown.add(refused);
            }
        })) {
            assertThat(server.exchange(CONFLICTING, "POST").statusCode()).isEqualTo(409);
        }
        assertThat(thrown)
                .singleElement()
                .extracting(Throwable::getMessage)
                .asString()
                .contains("already", ConflictFilter.class.getName());
    }

    @Test
    void registrationBesideADeclaredOneIsRefused() {
        ServletContext context = mock(ServletContext.class);
        FilterRegistration declared = mock(FilterRegistration.class);
        when(declared.getClassName()).thenReturn(ConflictFilter.class.getName());
        when(declared.getName()).thenReturn("mine");
        when(context.getFilterRegistrations()).thenAnswer(call -> Map.of("mine", declared));

        assertThatThrownBy(() -> ConflictFilter.register(context, "/*"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("\"mine\"");
    }

    @Test
    void registrationThatTheContainerRefusesIsAnError() {
        ServletContext context = mock(ServletContext.class);
        when(context.addFilter(any(String.class), any(ConflictFilter.class))).thenReturn(null);

        assertThatThrownBy(() -> ConflictFilter.register(context, "/*")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void registrationNeedsAPattern() {
        assertThatThrownBy(() -> ConflictFilter.register(mock(ServletContext.class)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("/*");
    }

    @Test
    void declaredFilterIsConfiguredByInitParameters() {
        try (TomcatServer server = TomcatServer.start(context -> {
            FilterRegistration.Dynamic declared = context.addFilter("conflict", ConflictFilter.class);
            declared.setInitParameter("typeBase", "https://api.example.org/problems/");
            declared.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/*");
        })) {
            assertThat(problem(server.exchange(CONFLICTING, "POST")).type())
                    .isEqualTo("https://api.example.org/problems/state-conflict");
        }
    }

    @Test
    void builderConfiguresTheSame() {
        List<ConflictEvent> events = new ArrayList<>();
        try (TomcatServer server = TomcatServer.start(context -> ConflictFilter.builder()
                .typeBase("https://api.example.org/problems/")
                .listener(events::add)
                .reader(thrown -> thrown instanceof IllegalStateException
                        ? Optional.of(ConflictException.state("READ"))
                        : Optional.empty())
                .register(context, "/*"))) {
            ProblemDetail problem = problem(server.exchange(
                    (request, response) -> {
                        throw new IllegalStateException("boom");
                    },
                    "POST"));

            assertThat(problem.type()).isEqualTo("https://api.example.org/problems/state-conflict");
            assertThat(problem.code()).contains("READ");
        }
        assertThat(events).singleElement().isInstanceOf(ConflictEvent.Refused.class);
    }

    private static FilterConfig config(Map<String, String> parameters) {
        FilterConfig config = mock(FilterConfig.class);
        ServletContext context = mock(ServletContext.class);
        when(context.getClassLoader()).thenReturn(RegistrationTest.class.getClassLoader());
        when(config.getFilterName()).thenReturn("conflict");
        when(config.getServletContext()).thenReturn(context);
        when(config.getInitParameterNames()).thenAnswer(call -> Collections.enumeration(parameters.keySet()));
        parameters.forEach((name, value) -> when(config.getInitParameter(name)).thenReturn(value));
        return config;
    }

    @Test
    void unknownInitParameterStopsTheStart() {
        assertThatThrownBy(() -> new ConflictFilter().init(config(Map.of("typBase", "x"))))
                .isInstanceOf(ServletException.class)
                .hasMessage(
                        "The filter \"conflict\" has the init-param typBase = \"x\", which is unknown; known are defaultLanguage, errorCodeHeader, errorMessages, messages, problemsForErrors, problemsForExceptions, reportOnly, strict, tagOnPut, typeBase");
    }

    @Test
    void initParameterThatIsATruthValueTakesNothingElse() {
        for (String name : List.of("strict", "tagOnPut")) {
            assertThatThrownBy(() -> new ConflictFilter().init(config(Map.of(name, "yes"))))
                    .isInstanceOf(ServletException.class)
                    .hasMessage("The filter \"conflict\" has the init-param " + name
                            + " = \"yes\", which is not valid; it takes true or false");
        }
    }

    /** Serves a PUT whose tag nobody evaluated, by a filter declared with init-params. */
    private static HttpResponse<String> heedless(String... parameters) {
        try (TomcatServer server = TomcatServer.start(context -> {
            FilterRegistration.Dynamic declared = context.addFilter("conflict", ConflictFilter.class);
            for (String name : parameters) {
                declared.setInitParameter(name.split("=", 2)[0], name.split("=", 2)[1]);
            }
            declared.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/*");
        })) {
            return server.exchange(
                    (request, response) ->
                            ServletPreconditions.of(request).respondWith(() -> Optional.of(EntityTag.strong("2"))),
                    "PUT",
                    "If-Match",
                    "\"1\"");
        }
    }

    @Test
    void declaredFilterIsStrictAndTagsPutsOnlyIfItIsToldTo() {
        assertThat(heedless().statusCode()).isEqualTo(200);
        assertThat(heedless().headers().map()).doesNotContainKey("etag");
        assertThat(heedless("strict=false", "tagOnPut=false").statusCode()).isEqualTo(200);
        assertThat(heedless("tagOnPut=true").headers().firstValue("ETag")).contains("\"2\"");
        assertThat(heedless("strict=true").statusCode()).isEqualTo(500);
    }

    @Test
    void patternThatIsNoneOrTakenIsRefused() {
        ConflictFilter.Builder builder = ConflictFilter.builder()
                .preconditions("/a/*", Preconditions.optional())
                .validators("/a/*", request -> Optional.empty());

        assertThatThrownBy(() -> builder.preconditions("/a/*", Preconditions.required()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The URL pattern \"/a/*\" has rules already");
        assertThatThrownBy(() -> builder.validators("/a/*", request -> Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The URL pattern \"/a/*\" has a source of validators already");
        assertThatThrownBy(() -> builder.preconditions("a/*", Preconditions.required()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"a/*\"");
    }

    @Test
    void wrongInitParameterStopsTheStart() {
        for (String wrong : List.of("problems/", "https://api.example.org/problems", "", "a b:")) {
            assertThatThrownBy(() -> new ConflictFilter().init(config(Map.of("typeBase", wrong))))
                    .isInstanceOf(ServletException.class)
                    .hasMessageContaining("typeBase = \"" + wrong + "\"")
                    .hasMessageContaining("absolute URI");
        }
    }

    @Test
    void filterThatWasNotInitialisedSaysSo() {
        assertThatThrownBy(() -> ConflictFilter.builder()
                        .build()
                        .doFilter(
                                mock(HttpServletRequest.class),
                                mock(HttpServletResponse.class),
                                (request, response) -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("init");
    }

    @Test
    void oneOfTwoFiltersInAChainIsEnough() {
        List<ConflictEvent> events = new ArrayList<>();
        try (TomcatServer server = TomcatServer.start(context -> {
            ConflictFilter.builder().listener(events::add).register(context, "/*");
            context.addFilter(
                            "second",
                            ConflictFilter.builder().listener(events::add).build())
                    .addMappingForUrlPatterns(null, true, "/*");
        })) {
            assertThat(server.exchange(CONFLICTING, "POST").statusCode()).isEqualTo(409);
            server.exchange((request, response) -> response.setStatus(204), "PUT", "If-Match", "\"1\"");
        }
        assertThat(events).hasSize(2);
    }
}
