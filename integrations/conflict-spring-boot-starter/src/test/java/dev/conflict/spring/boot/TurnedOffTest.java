package dev.conflict.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conflict.servlet.ConflictFilter;
import dev.conflict.spring.ConflictExceptionResolver;
import dev.conflict.spring.ConflictWebMvc;
import dev.conflict.spring.SpringTransactions;
import dev.conflict.spring.ValidationAnswer;
import dev.conflict.spring.boot.bare.BareApplication;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Turned off there is no trace of us, and turned on nothing of the application's is replaced. */
class TurnedOffTest {
    private static final String WITHOUT = "spring.autoconfigure.exclude="
            + ConflictAutoConfiguration.class.getName() + ","
            + ConflictTransactionAutoConfiguration.class.getName() + ","
            + ConflictWebMvcAutoConfiguration.class.getName();

    @Test
    void turnedOffLeavesNoTrace() {
        Set<String> off = beans("conflict.enabled=false");
        Set<String> without = beans(WITHOUT);
        Set<String> on = beans();

        assertThat(off).isEqualTo(without);
        Set<String> ours = new TreeSet<>(on);
        ours.removeAll(off);
        assertThat(ours)
                .allMatch(name -> name.toLowerCase(java.util.Locale.ROOT).contains("conflict"));
        assertThat(on).containsAll(off);
    }

    private static Set<String> beans(String... properties) {
        try (Application application = Application.start(BareApplication.class, properties)) {
            return new TreeSet<>(List.of(application.context().getBeanDefinitionNames()));
        }
    }

    /** An application that configured all of it itself. */
    @Configuration
    @Import(BareApplication.class)
    public static class Own {
        @Bean
        FilterRegistrationBean<ConflictFilter> ownFilter() {
            FilterRegistrationBean<ConflictFilter> registration = new FilterRegistrationBean<>(
                    ConflictFilter.builder().typeBase("https://own.example/").build());
            registration.addUrlPatterns("/*");
            return registration;
        }

        @Bean
        ConflictExceptionResolver ownResolver() {
            return new ConflictExceptionResolver();
        }

        @Bean
        ConflictWebMvc ownMvc() {
            return new ConflictWebMvc(ValidationAnswer.OFF);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"BEFORE_HANDLERS", "beforeHandlers", "before-handlers"})
    void wordIsReadHoweverItIsSpelled(String word) {
        try (Application application = Application.start(BareApplication.class, "conflict.mvc.conflicts=" + word)) {
            assertThat(application.context().getBeanNamesForType(ConflictExceptionResolver.class))
                    .hasSize(1);
        }
    }

    @Test
    void nothingOfTheApplicationsIsReplaced() {
        try (Application application = Application.start(Own.class)) {
            assertThat(application.context().getBeanNamesForType(ConflictExceptionResolver.class))
                    .containsExactly("ownResolver");
            assertThat(application.context().getBeanNamesForType(ConflictWebMvc.class))
                    .containsExactly("ownMvc");
            assertThat(application.context().getBeanNamesForType(FilterRegistrationBean.class))
                    .contains("ownFilter")
                    .doesNotContain("conflictFilter");
            assertThat(application.context().getBeanNamesForType(SpringTransactions.class))
                    .isEmpty();
            assertThat(application.send("GET", "/taken", "").body()).contains("https://own.example/uniqueness");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "off", "FALSE", "no", "0"})
    void turnedOffAConflictIsAnExceptionLikeAnyOther(String word) {
        try (Application application = Application.start(BareApplication.class, "conflict.enabled=" + word)) {
            assertThat(application.send("GET", "/taken", "").statusCode()).isEqualTo(500);
        }
    }
}
