package dev.conflict.servlet;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/** The redirect of Servlet 6.1 that may have a body. */
final class Redirect {
    /** Null before Servlet 6.1. */
    private static final @Nullable MethodHandle SEND = send();

    private Redirect() {}

    private static @Nullable MethodHandle send() {
        try {
            return MethodHandles.publicLookup()
                    .findVirtual(
                            HttpServletResponse.class,
                            "sendRedirect",
                            MethodType.methodType(void.class, String.class, int.class, boolean.class));
        } catch (NoSuchMethodException | IllegalAccessException before) {
            return null;
        }
    }

    static void send(HttpServletResponse container, String location, int status, boolean clearBuffer)
            throws IOException {
        MethodHandle send = SEND;
        if (send == null) {
            throw new UnsupportedOperationException(
                    "This redirect came with Servlet 6.1, and the container has an older one");
        }
        try {
            send.invokeExact(container, location, status, clearBuffer);
        } catch (IOException | RuntimeException | Error thrown) {
            throw thrown;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
