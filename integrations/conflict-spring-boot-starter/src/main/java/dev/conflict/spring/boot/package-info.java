/**
 * What Spring Boot 3.5 and 4 configure by themselves when conflict-spring-boot-starter is on the class path. An application
 * meets two types of it: {@link dev.conflict.spring.boot.ConflictFilterCustomizer} and
 * {@link dev.conflict.spring.boot.ProblemTranslatorCustomizer}.
 */
@NullMarked
package dev.conflict.spring.boot;

import org.jspecify.annotations.NullMarked;
