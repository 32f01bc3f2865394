/** Files that nobody overwrites unseen: {@link dev.conflict.file.ConflictFiles} under one root, compared and moved under a lock. */
@NullMarked
package dev.conflict.file;

import org.jspecify.annotations.NullMarked;
