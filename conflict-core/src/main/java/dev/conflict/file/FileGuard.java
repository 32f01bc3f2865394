package dev.conflict.file;

import dev.conflict.ConflictException;
import dev.conflict.EntityTag;
import java.util.Optional;

/**
 * Decides, while the file is locked, whether what the request states is true of the file as it is now.
 *
 * <pre>{@code
 * ConditionalRequest conditional = ServletPreconditions.of(request);
 * FileGuard guard = tag -> conditional.require(target, tag.map(Validators::of).orElseGet(Validators::absent));
 * files.put(name, guard, request.getInputStream());
 * }</pre>
 *
 * <p>A guard may be asked more than once, looks and does nothing else, and must not call the {@link ConflictFiles} that
 * asks it.
 */
@FunctionalInterface
public interface FileGuard {
    /**
     * Returns normally if the write may go on.
     *
     * @param current the present entity tag; empty if there is no such file
     * @throws ConflictException if what was stated is false. A version or precondition conflict reaches the caller as a
     *     {@link ConflictException.File} that names the file and the ways on; any other exception as it is
     */
    void check(Optional<EntityTag> current);
}
