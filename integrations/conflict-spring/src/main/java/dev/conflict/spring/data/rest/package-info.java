/**
 * Preconditions of what Spring Data REST writes. One bean does it, which conflict-spring-boot-starter registers:
 * {@link dev.conflict.spring.data.rest.DataRestGuard}.
 */
@NullMarked
package dev.conflict.spring.data.rest;

import org.jspecify.annotations.NullMarked;
