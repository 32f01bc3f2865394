/**
 * One key, one effect: fingerprints, states, verdicts, and the interface of a store. Knows no HTTP type.
 */
@NullMarked
package dev.conflict.idempotency;

import org.jspecify.annotations.NullMarked;
