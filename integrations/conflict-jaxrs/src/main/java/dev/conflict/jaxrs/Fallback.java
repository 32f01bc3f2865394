package dev.conflict.jaxrs;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Providers;
import org.jspecify.annotations.Nullable;

/** Does with an exception that nobody knows what its server would have done without this module. */
interface Fallback {
    /**
     * Answers, or throws the exception on.
     *
     * @param thrown what was thrown
     * @param above the class above that of our mapper, from which on others are asked
     * @param providers where they are, null where the server did not tell our mapper
     */
    Response answer(Throwable thrown, Class<? extends Throwable> above, @Nullable Providers providers);

    /** Throws on what no signature here declares. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    static <T extends Throwable> RuntimeException rethrown(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
