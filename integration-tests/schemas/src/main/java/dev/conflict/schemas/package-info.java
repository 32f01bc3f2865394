/** Holds every problem that a test receives against the schemas that conflict-core ships. */
@NullMarked
package dev.conflict.schemas;

import org.jspecify.annotations.NullMarked;
