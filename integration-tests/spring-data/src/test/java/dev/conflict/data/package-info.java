/** What becomes of Spring Data under the starter. */
@NullMarked
package dev.conflict.data;

import org.jspecify.annotations.NullMarked;
