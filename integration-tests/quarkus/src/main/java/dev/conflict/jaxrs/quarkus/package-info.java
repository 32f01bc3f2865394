/** An application of Quarkus. */
@NullMarked
package dev.conflict.jaxrs.quarkus;

import org.jspecify.annotations.NullMarked;
