package dev.conflict.servlet;

import dev.conflict.EntityTag;
import dev.conflict.http.Preconditions;
import dev.conflict.http.Validators;
import dev.conflict.http.Verdict;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Whether a body that is held back gets a tag, which, and what becomes of the answer to a reader who stated one. */
final class HeldTag {
    private static final String ETAG = "ETag";
    private static final String NO_STORE = "no-store";

    private HeldTag() {}

    /** Tells whether the reader states what a tag is held against. */
    static boolean isStated(HttpServletRequest request) {
        return request.getHeader(Preconditions.IF_NONE_MATCH) != null
                || request.getHeader(Preconditions.IF_MATCH) != null;
    }

    /** What the header says so far; a tag of the application's own is of interest only to a reader who has one. */
    static boolean mayCome(HttpServletRequest request, HttpServletResponse response) {
        return isWanted(response) && !response.isCommitted() && (isStated(request) || !response.containsHeader(ETAG));
    }

    /** Tells whether the answer is one that gets tags. */
    static boolean isWanted(HttpServletResponse response) {
        return response.getStatus() == HttpServletResponse.SC_OK && !isNoStore(response);
    }

    private static boolean isNoStore(HttpServletResponse response) {
        for (String line : response.getHeaders("Cache-Control")) {
            for (int i = 0; i + NO_STORE.length() <= line.length(); i++) {
                if (line.regionMatches(true, i, NO_STORE, 0, NO_STORE.length())) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Tells whether the application has set a tag, be it one that can be read or not. */
    static boolean isSet(HttpServletResponse response) {
        return response.containsHeader(ETAG);
    }

    /**
     * The tag that the application set, or offered to the ledger; null if there is none that can be read.
     *
     * @param response what takes an offered tag
     * @param original what tells caches about it
     */
    static @Nullable EntityTag ofApplication(
            HttpServletRequest request, HttpServletResponse response, HttpServletResponse original) {
        String set = response.getHeader(ETAG);
        if (set == null) {
            EntityTag offered = Exchange.offeredTag(request).orElse(null);
            if (offered != null) {
                response.setHeader(ETAG, offered.toString());
                Caching.setDefault(original, request.getMethod());
            }
            return offered;
        }
        try {
            return EntityTag.parse(set);
        } catch (IllegalArgumentException foreign) {
            return null;
        }
    }

    /** Sets the tag of a body's bytes. */
    static EntityTag set(HttpServletResponse response, HeldBody body, boolean strong) {
        EntityTag hash = body.tag();
        EntityTag tag = strong ? hash : EntityTag.weak(hash.opaque());
        response.setHeader(ETAG, tag.toString());
        return tag;
    }

    /**
     * Holds the reader's preconditions against the tag (RFC 9110 §13.2.2), under the rules of the request; a read that
     * cannot be read gets everything, and one that had to state something is not refused here.
     *
     * @return true if something was sent in place of the body
     */
    static boolean replaces(EntityTag tag, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (!isStated(request)) {
            return false;
        }
        Verdict verdict = Exchange.evaluateRead(request, Validators.of(tag));
        if (verdict instanceof Verdict.NotModified) {
            NotModified.send(response);
            return true;
        }
        if (verdict instanceof Verdict.Failed) {
            Fields.resetExcept(response, Fields::ofSuccess);
            response.sendError(HttpServletResponse.SC_PRECONDITION_FAILED);
            return true;
        }
        return false;
    }
}
