/**
 * The contracts of conflict-jpa on the providers of Persistence 3.2.
 */
@NullMarked
package dev.conflict.persistence;

import org.jspecify.annotations.NullMarked;
