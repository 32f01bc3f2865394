@NullMarked
package dev.conflict.jaxrs.jersey4;

import org.jspecify.annotations.NullMarked;
