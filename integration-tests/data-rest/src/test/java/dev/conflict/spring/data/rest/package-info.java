/** What Spring Data REST writes, without the guard and with it. */
@NullMarked
package dev.conflict.spring.data.rest;

import org.jspecify.annotations.NullMarked;
