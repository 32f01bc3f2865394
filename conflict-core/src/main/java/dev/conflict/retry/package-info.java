/**
 * Trying again under contention, with a backoff scaled by the measured window.
 */
@NullMarked
package dev.conflict.retry;

import org.jspecify.annotations.NullMarked;
