@NullMarked
package dev.conflict.jaxrs.resteasy;

import org.jspecify.annotations.NullMarked;
