/**
 * Conflicts and preconditions for jakarta.ws.rs, with a servlet container or without.
 *
 * <p>{@link dev.conflict.jaxrs.ConflictFeature} is found by whoever heeds the specification's own service file; register it by
 * hand for another configuration. {@link dev.conflict.jaxrs.JaxrsPreconditions} gives the ledger of a request.
 */
@NullMarked
package dev.conflict.jaxrs;

import org.jspecify.annotations.NullMarked;
