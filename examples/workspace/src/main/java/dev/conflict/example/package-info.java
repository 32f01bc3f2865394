/**
 * A small application with documents, users, orders and files behind one embedded server.
 */
@NullMarked
package dev.conflict.example;

import org.jspecify.annotations.NullMarked;
