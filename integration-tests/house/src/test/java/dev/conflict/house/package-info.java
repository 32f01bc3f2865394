@NullMarked
package dev.conflict.house;

import org.jspecify.annotations.NullMarked;
