/**
 * What conflict-jpa promises, as tests that every stack of provider and database inherits.
 */
@NullMarked
package dev.conflict.jpa.kit;

import org.jspecify.annotations.NullMarked;
