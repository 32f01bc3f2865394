/**
 * For users' own tests: assertions on problems, and races that prove or disprove lost updates.
 */
@NullMarked
package dev.conflict.test;

import org.jspecify.annotations.NullMarked;
