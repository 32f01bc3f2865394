@NullMarked
package dev.conflict.example;

import org.jspecify.annotations.NullMarked;
