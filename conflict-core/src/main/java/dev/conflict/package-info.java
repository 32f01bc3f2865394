/**
 * What can go wrong between two writers, as values, and the guards that service code calls. Knows no HTTP status.
 */
@NullMarked
package dev.conflict;

import org.jspecify.annotations.NullMarked;
