/**
 * Preconditions and validators of RFC 9110 §8.8 and §13, the 428 of RFC 6585, and the ledger of one request.
 */
@NullMarked
package dev.conflict.http;

import org.jspecify.annotations.NullMarked;
