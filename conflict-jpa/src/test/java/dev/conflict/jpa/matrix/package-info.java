/**
 * Every event of a writer's life on every database with every provider: which conflict comes of it, and which status.
 */
@NullMarked
package dev.conflict.jpa.matrix;

import org.jspecify.annotations.NullMarked;
