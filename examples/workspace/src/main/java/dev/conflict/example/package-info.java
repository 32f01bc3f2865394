/** A workspace with documents, users, products, orders, tasks and files: what Conflict looks like in an application. */
@NullMarked
package dev.conflict.example;

import org.jspecify.annotations.NullMarked;
