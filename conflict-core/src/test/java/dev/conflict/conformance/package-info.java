/** Reads the conformance cases that stand in the repository's {@code conformance} folder. */
@NullMarked
package dev.conflict.conformance;

import org.jspecify.annotations.NullMarked;
