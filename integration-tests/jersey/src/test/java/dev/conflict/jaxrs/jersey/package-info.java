@NullMarked
package dev.conflict.jaxrs.jersey;

import org.jspecify.annotations.NullMarked;
