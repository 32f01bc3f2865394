/** Holds the evaluators of other libraries against the conformance cases. */
@NullMarked
package dev.conflict.peers;

import org.jspecify.annotations.NullMarked;
