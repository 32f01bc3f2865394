/** The driver of a product that nobody knows. */
@NullMarked
package com.example.tiny;

import org.jspecify.annotations.NullMarked;
