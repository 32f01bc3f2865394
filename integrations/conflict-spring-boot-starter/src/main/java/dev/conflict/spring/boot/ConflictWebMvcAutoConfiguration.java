package dev.conflict.spring.boot;

import dev.conflict.spring.ConflictExceptionResolver;
import dev.conflict.spring.ConflictWebMvc;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Has Spring MVC answer conflicts, and what Bean Validation refuses, and gives controllers their preconditions. */
@AutoConfiguration(after = ConflictAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(WebMvcConfigurer.class)
@ConditionalOnProperty(prefix = ConflictProperties.PREFIX, name = "enabled", matchIfMissing = true)
@EnableConfigurationProperties(ConflictProperties.class)
public class ConflictWebMvcAutoConfiguration {
    /** Creates the configuration; for Spring. */
    public ConflictWebMvcAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnProperty(
            prefix = ConflictProperties.PREFIX,
            name = "mvc.conflicts",
            havingValue = "before-handlers",
            matchIfMissing = true)
    ConflictExceptionResolver conflictExceptionResolver() {
        return new ConflictExceptionResolver();
    }

    @Bean
    @ConditionalOnMissingBean
    ConflictWebMvc conflictWebMvc(ConflictProperties properties) {
        return new ConflictWebMvc(properties.mvc().validation());
    }
}
