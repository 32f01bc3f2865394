/**
 * Conflicts as RFC 9457 problem details: types and statuses from one table, written and read.
 */
@NullMarked
package dev.conflict.problem;

import org.jspecify.annotations.NullMarked;
