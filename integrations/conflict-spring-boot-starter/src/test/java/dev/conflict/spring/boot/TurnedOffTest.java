package dev.conflict.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conflict.Conflict.ConcurrencyReason;
import dev.conflict.ConflictException;
import dev.conflict.retry.Contention;
import dev.conflict.servlet.ConflictFilter;
import dev.conflict.spring.ConflictExceptionResolver;
import dev.conflict.spring.ConflictWebMvc;
import dev.conflict.spring.SpringTransactions;
import dev.conflict.spring.ValidationAnswer;
import dev.conflict.spring.boot.bare.BareApplication;
import dev.conflict.sql.ConstraintCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;

/** Turned off there is no trace of us, and turned on nothing of the application's is replaced. */
class TurnedOffTest {
    private static final String WITHOUT = "spring.autoconfigure.exclude="
            + ConflictAutoConfiguration.class.getName() + ","
            + ConflictDataRestAutoConfiguration.class.getName() + ","
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

    /** An application with a filter of its own that Boot registers. */
    @Configuration
    @Import(BareApplication.class)
    public static class OwnBean {
        @Bean
        ConflictFilter ownFilter() {
            return ConflictFilter.builder().typeBase("https://own.example/").build();
        }

        @Bean
        ProblemTranslatorCustomizer unasked() {
            return problems -> problems.typeBase("https://unasked.example/");
        }
    }

    @Test
    void filterOfTheApplicationsIsNotReplaced() {
        try (Application application =
                Application.start(OwnBean.class, "conflict.mvc.validation=off", "conflict.enabled=true")) {
            assertThat(application.context().getBeanNamesForType(FilterRegistrationBean.class))
                    .doesNotContain("conflictFilter");
            assertThat(application.send("GET", "/taken", "").body())
                    .contains("https://own.example/uniqueness")
                    .doesNotContain("unasked");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "conflict.strict=true",
                "conflict.typeBase=https://api.example.org/problems/",
                "conflict.preconditions[/documents/*]=optional",
                "conflict.url-patterns=/api/*",
                "conflict.messages.languages=en",
                "conflict.filter-order=7"
            })
    void propertyThatReachesNoFilterStopsTheStart(String property) {
        for (Class<?> own : List.of(OwnBean.class, Own.class)) {
            assertThatThrownBy(() -> Application.start(own, property))
                    .isInstanceOf(InvalidPropertyException.class)
                    .hasMessageContainingAll(" has no effect: ", "the bean \"ownFilter\"");
        }
    }

    @Test
    void customizerThatReachesNoFilterIsTold() {
        List<String> told = new ArrayList<>();
        Handler hears = new Handler() {
            @Override
            public void publish(LogRecord each) {
                told.add(new SimpleFormatter().formatMessage(each));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger log = Logger.getLogger(OwnFilter.class.getName());
        log.addHandler(hears);
        try (AnnotationConfigApplicationContext beans = new AnnotationConfigApplicationContext()) {
            beans.registerBean(
                    "mine", ConflictFilter.class, () -> ConflictFilter.builder().build());
            beans.registerBean("shape", ProblemTranslatorCustomizer.class, () -> problems -> {});
            beans.registerBean(OwnFilter.class);
            beans.refresh();
        } finally {
            log.removeHandler(hears);
        }

        assertThat(told).singleElement().asString().contains("ProblemTranslatorCustomizer", "[shape]", "bean mine");
    }

    /** One transaction manager, with nothing behind it. */
    @Configuration
    @ImportAutoConfiguration(ConflictTransactionAutoConfiguration.class)
    static class Transactions {
        @Bean
        PlatformTransactionManager manager() {
            return new AbstractPlatformTransactionManager() {
                private static final long serialVersionUID = 1;

                @Override
                protected Object doGetTransaction() {
                    return "transaction";
                }

                @Override
                protected void doBegin(Object transaction, TransactionDefinition definition) {}

                @Override
                protected void doCommit(DefaultTransactionStatus status) {}

                @Override
                protected void doRollback(DefaultTransactionStatus status) {}
            };
        }
    }

    private static AnnotationConfigApplicationContext transactions(
            Consumer<AnnotationConfigApplicationContext> application) {
        AnnotationConfigApplicationContext beans = new AnnotationConfigApplicationContext();
        beans.register(Transactions.class);
        application.accept(beans);
        beans.refresh();
        return beans;
    }

    @Test
    void transactionsOfTheApplicationsAreNotReplaced() {
        try (var ours = transactions(beans -> {});
                var own = transactions(beans -> beans.registerBean(
                        "own",
                        SpringTransactions.class,
                        () -> SpringTransactions.of(
                                beans.getBean(PlatformTransactionManager.class), thrown -> Optional.empty())))) {
            assertThat(ours.getBeanNamesForType(SpringTransactions.class)).containsExactly("conflictTransactions");
            assertThat(own.getBeanNamesForType(SpringTransactions.class)).containsExactly("own");
        }
    }

    @Test
    void policyIsThatOfTheApplication() {
        for (boolean primary : new boolean[] {false, true}) {
            try (var beans = transactions(given -> {
                given.registerBean(
                        "once",
                        Contention.class,
                        () -> Contention.standard().attempts(1),
                        definition -> definition.setPrimary(primary));
                if (primary) {
                    given.registerBean("often", Contention.class, Contention::standard);
                }
            })) {
                AtomicInteger attempts = new AtomicInteger();
                SpringTransactions run = beans.getBean(SpringTransactions.class);

                assertThatThrownBy(() -> run.run(() -> {
                            attempts.incrementAndGet();
                            throw ConflictException.concurrency(ConcurrencyReason.DEADLOCK);
                        }))
                        .isInstanceOf(ConflictException.class);
                assertThat(attempts).hasValue(1);
            }
        }
    }

    @Test
    void twoOfWhatThereCanBeOneOfStopTheStart() {
        assertThatThrownBy(() -> transactions(beans -> {
                    beans.registerBean("hasty", Contention.class, Contention::standard);
                    beans.registerBean("patient", Contention.class, Contention::standard);
                }))
                .hasRootCauseInstanceOf(NoUniqueBeanDefinitionException.class)
                .rootCause()
                .hasMessageContainingAll("Contention", "hasty", "patient");
        assertThatThrownBy(() -> transactions(beans -> {
                    beans.registerBean("sales", ConstraintCatalog.class, ConstraintCatalog::empty);
                    beans.registerBean("stock", ConstraintCatalog.class, ConstraintCatalog::empty);
                }))
                .hasRootCauseInstanceOf(NoUniqueBeanDefinitionException.class)
                .rootCause()
                .hasMessageContainingAll("ConstraintCatalog", "sales", "stock");
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "off", "FALSE", "no", "0"})
    void turnedOffAConflictIsAnExceptionLikeAnyOther(String word) {
        try (Application application = Application.start(BareApplication.class, "conflict.enabled=" + word)) {
            assertThat(application.send("GET", "/taken", "").statusCode()).isEqualTo(500);
        }
    }
}
