/**
 * Jackson 3 for an application's own types in problems; problems themselves need no module.
 */
@NullMarked
package dev.conflict.jackson3;

import org.jspecify.annotations.NullMarked;
