package dev.conflict.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.conflict.ConflictReaders;
import dev.conflict.event.ConflictEvent;
import dev.conflict.event.ConflictListener;
import dev.conflict.servlet.ConflictFilter;
import dev.conflict.spring.boot.bare.BareApplication;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** {@code conflict.*}: what they do, and what a wrong one does at the start. */
class PropertiesTest {
    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "conflict.type-base | relative | conflict.type-base | absolute URI",
                "conflict.type-base | https://x.example/problems | conflict.type-base | ends with /",
                "conflict.type-base | :// | conflict.type-base | absolute URI",
                "conflict.error-code-header | Content-Type | conflict.error-code-header | X-Error-Code",
                "conflict.error-code-header | a b | conflict.error-code-header | X-Error-Code",
                "conflict.messages.base-name | com.example.x | conflict.messages.languages is missing | =en,fr",
                "conflict.messages.languages | en | conflict.messages.base-name is missing | =com.example.problems",
                "conflict.url-patterns | documents | conflict.url-patterns | /path/*",
                "conflict.url-patterns | /a,/b* | \"/b*\" | /path/*",
                "conflict.preconditions.documents | required | \"documents\" | conflict.preconditions[/documents/*]=required",
                "conflict.default-language | not a language | conflict.default-language | de-AT",
                "conflict.error-messages | true | conflict.problems-for-errors | to true as well",
            })
    void wrongValueStopsTheStartAndSaysWhatIsRight(String name, String value, String described, String action) {
        InvalidPropertyException wrong = (InvalidPropertyException)
                catchThrowable(() -> FilterSettings.apply(bind(Map.of(name, value)), ConflictFilter.builder()));

        FailureAnalysis told = new InvalidPropertyFailureAnalyzer().analyze(wrong, wrong);
        assertThat(told.getDescription()).startsWith("The property conflict.").contains(described);
        assertThat(told.getAction()).contains(action);
    }

    @Test
    void strictAndReportOnlyContradictEachOther() {
        Map<String, String> both = Map.of("conflict.strict", "true", "conflict.report-only", "true");

        assertThatThrownBy(() -> FilterSettings.apply(bind(both), ConflictFilter.builder()))
                .isInstanceOf(InvalidPropertyException.class)
                .hasMessageContainingAll("conflict.strict", "conflict.report-only");
    }

    @ParameterizedTest
    @CsvSource({
        "conflict.stric, true, stric",
        "conflict.mvc.conflicts, never, never",
        "conflict.mvc.validation, never, never",
        "conflict.strict, perhaps, perhaps",
        "conflict.preconditions[/x], never, never",
        "conflict.filter-order, first, first"
    })
    void unknownNameOrWordIsRefused(String name, String value, String told) {
        Throwable refused = catchThrowable(() -> bind(Map.of(name, value)));

        assertThat(ConflictReaders.chain(refused))
                .anySatisfy(link -> assertThat(link).hasMessageContaining(told));
    }

    @Test
    void applicationDoesNotStartWithAWrongValue() {
        assertThatThrownBy(() -> Application.start(BareApplication.class, "conflict.type-base=relative"))
                .hasRootCauseInstanceOf(InvalidPropertyException.class)
                .hasRootCauseMessage("The property conflict.type-base has the value \"relative\", which is not valid.");
    }

    /** An application with beans of ours. */
    @Configuration
    @Import(BareApplication.class)
    public static class Customized {
        final List<ConflictEvent> heard = new ArrayList<>();

        @Bean
        ConflictListener heard() {
            return heard::add;
        }

        @Bean
        ConflictFilterCustomizer traced() {
            return filter -> filter.traceId(request -> java.util.Optional.of("trace-7"));
        }

        @Bean
        ProblemTranslatorCustomizer titled() {
            return problems -> problems.clock(java.time.Clock.fixed(java.time.Instant.EPOCH, java.time.ZoneOffset.UTC));
        }
    }

    @Test
    void propertiesAndBeansReachTheFilter() {
        try (Application application = Application.start(
                Customized.class,
                "conflict.type-base=https://api.example.org/problems/",
                "conflict.error-code-header=X-Error-Code",
                "conflict.default-language=de",
                "conflict.problems-for-exceptions=true",
                "conflict.problems-for-errors=true",
                "conflict.preconditions[/documents/*]=optional",
                "spring.security.filter.order=7")) {
            HttpResponse<String> taken = application.send("GET", "/taken", "");
            assertThat(taken.headers().firstValue("X-Error-Code")).hasValue("NAME_TAKEN");
            assertThat(taken.headers().firstValue("Content-Language")).hasValue("de");
            assertThat(taken.body())
                    .contains("https://api.example.org/problems/uniqueness")
                    .contains("\"traceId\":\"trace-7\"", "\"timestamp\":\"1970-01-01T00:00:00Z\"");
            assertThat(application.bean(Customized.class).heard)
                    .singleElement()
                    .isInstanceOf(ConflictEvent.Refused.class);

            assertThat(application.send("GET", "/broken", "").body())
                    .contains("\"status\":500")
                    .doesNotContain("secret");
            assertThat(application.send("GET", "/unsaid", "").body()).contains("urn:uuid", "\"status\":403");
            assertThat(application.bean(FilterRegistrationBean.class).getOrder())
                    .isEqualTo(8);
        }
    }

    static Stream<String> properties() {
        return Stream.concat(
                names("conflict.", ConflictProperties.class),
                Stream.concat(
                        names("conflict.data-rest.", ConflictProperties.DataRest.class),
                        Stream.concat(
                                names("conflict.messages.", ConflictProperties.Messages.class),
                                names("conflict.mvc.", ConflictProperties.Mvc.class))));
    }

    @ParameterizedTest
    @MethodSource("properties")
    void everyPropertyIsDescribedForEditors(String name) throws IOException {
        try (InputStream file =
                PropertiesTest.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            String metadata = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(metadata.replaceAll("\\s+", "")).contains("{\"name\":\"" + name + "\",\"type\"");
        }
    }

    @Test
    void ownFilterIsAskedAboutEveryPropertyOfTheFilter() {
        assertThat(names("", ConflictProperties.class)
                        .filter(name -> !List.of("enabled", "mvc", "data-rest").contains(name)))
                .containsExactlyInAnyOrderElementsOf(OwnFilter.PROPERTIES);
    }

    private static Stream<String> names(String prefix, Class<?> type) {
        return Stream.of(type.getRecordComponents())
                .map(RecordComponent::getName)
                .map(name -> prefix + name.replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT));
    }

    private static ConflictProperties bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate(
                        "conflict",
                        Bindable.of(ConflictProperties.class),
                        new NoUnboundElementsBindHandler(BindHandler.DEFAULT));
    }
}
