/**
 * What a database says about a conflict: SQL exceptions and the catalogue of constraints.
 */
@NullMarked
package dev.conflict.sql;

import org.jspecify.annotations.NullMarked;
