/**
 * HTTP clients that state preconditions and resolve refusals.
 */
@NullMarked
package dev.conflict.client;

import org.jspecify.annotations.NullMarked;
