/**
 * Conflicts in Spring MVC and in Spring's transactions, for Spring Framework 6.2 and 7.
 *
 * <p>With Spring Boot, conflict-spring-boot-starter registers all of it. Without, an application registers the filter and two
 * beans:
 *
 * <pre>{@code
 * ConflictFilter.register(servletContext, "/*");
 *
 * @Bean ConflictExceptionResolver conflictExceptionResolver() { return new ConflictExceptionResolver(); }
 *
 * @Bean ConflictWebMvc conflictWebMvc() { return new ConflictWebMvc(ValidationAnswer.AFTER_HANDLERS); }
 * }</pre>
 */
@NullMarked
package dev.conflict.spring;

import org.jspecify.annotations.NullMarked;
