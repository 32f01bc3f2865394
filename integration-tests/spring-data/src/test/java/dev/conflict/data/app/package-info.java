/** Applications of others. */
@NullUnmarked
package dev.conflict.data.app;

import org.jspecify.annotations.NullUnmarked;
