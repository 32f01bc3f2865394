@NullMarked
package dev.conflict.jaxrs;

import org.jspecify.annotations.NullMarked;
