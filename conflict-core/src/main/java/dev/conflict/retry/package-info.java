/**
 * Trying again under contention: how long to wait, scaled by the measured window, and when to give up. It waits for nobody
 * and reads no clock of its own.
 */
@NullMarked
package dev.conflict.retry;

import org.jspecify.annotations.NullMarked;
