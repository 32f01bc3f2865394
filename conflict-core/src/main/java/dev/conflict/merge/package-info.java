/**
 * Three-way merge of JSON: mine replayed on theirs, and no clash lost.
 */
@NullMarked
package dev.conflict.merge;

import org.jspecify.annotations.NullMarked;
