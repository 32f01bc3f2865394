package dev.conflict.spring.boot.migrated;

import dev.conflict.Disclosure;
import dev.conflict.problem.ProblemShape;
import dev.conflict.spring.boot.ProblemTranslatorCustomizer;
import dev.conflict.sql.ConstraintCatalog;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is added on the way. */
@Configuration(proxyBeanMethods = false)
public class Answers {
    @Bean
    ConstraintCatalog constraints() {
        return ConstraintCatalog.builder()
                .unique("account_name", "name")
                .disclose(Disclosure.PUBLIC)
                .build();
    }

    @Bean
    ProblemTranslatorCustomizer olderShape() {
        return problems -> problems.shape(
                occurrence -> occurrence.path().startsWith("/api/v1/") ? ProblemShape.OLDER : ProblemShape.RFC_9457);
    }
}
