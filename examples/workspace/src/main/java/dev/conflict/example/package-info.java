/** A workspace with documents, users, orders and files: what Conflict looks like in an application. */
@NullMarked
package dev.conflict.example;

import org.jspecify.annotations.NullMarked;
