/**
 * Databases for tests: a fresh one for each test class, in H2, or in a real PostgreSQL or MariaDB that starts once a JVM.
 */
@NullMarked
package dev.conflict.harness;

import org.jspecify.annotations.NullMarked;
