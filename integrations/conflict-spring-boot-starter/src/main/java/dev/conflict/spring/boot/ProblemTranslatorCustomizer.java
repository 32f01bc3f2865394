package dev.conflict.spring.boot;

import dev.conflict.problem.ProblemTranslator;

/**
 * Changes how problems are told (statuses, types, texts, shapes, neutral answers), where the properties do not reach; a bean of
 * this type is asked after them.
 *
 * <pre>{@code
 * @Bean
 * ProblemTranslatorCustomizer olderShape() {
 *     return problems -> problems.shape(occurrence -> ProblemShape.OLDER);
 * }
 * }</pre>
 */
@FunctionalInterface
public interface ProblemTranslatorCustomizer {
    /**
     * Changes the configuration.
     *
     * @param problems the configuration, as the properties left it
     */
    void customize(ProblemTranslator.Builder problems);
}
