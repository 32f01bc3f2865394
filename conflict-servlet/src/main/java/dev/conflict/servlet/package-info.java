/**
 * Conflicts and preconditions for jakarta.servlet: one filter, one wrapper.
 */
@NullMarked
package dev.conflict.servlet;

import org.jspecify.annotations.NullMarked;
