package dev.conflict.spring;

import dev.conflict.servlet.ServletPreconditions;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.http.server.ServletServerHttpResponse;

/** Answers 304 in place of a body that the reader has (RFC 9110 §15.4.5). */
final class NotModified {
    private NotModified() {}

    /**
     * Returns the body that is to be written; null if 304 was sent instead.
     *
     * <p>Left alone is what has a tag of the application's own, which Spring compares itself, and a resource, which nobody would
     * close.
     */
    static @Nullable Object instead(@Nullable Object body, ServerHttpRequest request, ServerHttpResponse response) {
        if (body == null
                || body instanceof Resource
                || !(request instanceof ServletServerHttpRequest read)
                || !(response instanceof ServletServerHttpResponse answer)
                || response.getHeaders().getETag() != null) {
            return body;
        }
        return isSent(read.getServletRequest(), answer) ? null : body;
    }

    private static boolean isSent(HttpServletRequest request, ServletServerHttpResponse answer) {
        HttpServletResponse response = answer.getServletResponse();
        if (!isRead(request) || response.getStatus() != HttpServletResponse.SC_OK || response.isCommitted()) {
            return false;
        }
        if (!ServletPreconditions.of(request).isNotModified()) {
            return false;
        }
        try {
            answer.flush(); // the header fields of a ResponseEntity; there is no body yet that it could send
            return ServletPreconditions.sendNotModified(request, response);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private static boolean isRead(HttpServletRequest request) {
        return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    }
}
