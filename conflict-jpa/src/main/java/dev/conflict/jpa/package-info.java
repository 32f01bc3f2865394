/**
 * Versions and constraints of jakarta.persistence as conflicts.
 */
@NullMarked
package dev.conflict.jpa;

import org.jspecify.annotations.NullMarked;
