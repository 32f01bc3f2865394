/** Real databases, and the frameworks that wrap what they throw. */
@NullMarked
package dev.conflict.databases;

import org.jspecify.annotations.NullMarked;
