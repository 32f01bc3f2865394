package dev.conflict.spring.boot;

import dev.conflict.spring.ConflictExceptionResolver;
import dev.conflict.spring.ConflictWebMvc;
import dev.conflict.spring.boot.ConflictProperties.ConflictAnswer;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Has Spring MVC answer conflicts, and what Bean Validation refuses, and gives controllers their preconditions. */
@AutoConfiguration(after = ConflictAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(WebMvcConfigurer.class)
@ConditionalOnBooleanProperty(prefix = ConflictProperties.PREFIX, name = "enabled", matchIfMissing = true)
@EnableConfigurationProperties(ConflictProperties.class)
public class ConflictWebMvcAutoConfiguration {
    /** Creates the configuration; for Spring. */
    public ConflictWebMvcAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    @Conditional(BeforeHandlers.class)
    ConflictExceptionResolver conflictExceptionResolver() {
        return new ConflictExceptionResolver();
    }

    @Bean
    @ConditionalOnMissingBean
    ConflictWebMvc conflictWebMvc(ConflictProperties properties) {
        return new ConflictWebMvc(properties.mvc().validation());
    }

    /** However the word is spelled that the property has: it is bound as the property is. */
    static final class BeforeHandlers implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return Binder.get(context.getEnvironment())
                            .bind(ConflictProperties.PREFIX + ".mvc.conflicts", ConflictAnswer.class)
                            .orElse(ConflictAnswer.BEFORE_HANDLERS)
                    == ConflictAnswer.BEFORE_HANDLERS;
        }
    }
}
