/**
 * Databases for tests.
 */
@NullMarked
package dev.conflict.harness;

import org.jspecify.annotations.NullMarked;
