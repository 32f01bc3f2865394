package dev.conflict.problem;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The request in which a problem occurred, as far as its answer depends on it.
 *
 * <pre>{@code
 * Occurrence.of("PUT", "/documents/1").by(Caller.AUTHENTICATED).withAcceptLanguage("de-CH, en;q=0.5")
 * }</pre>
 *
 * <p>Header values are taken as they came, whatever they hold; several lines of one field are joined with commas.
 * Instances are immutable, equal by value and safe for use by many threads.
 */
public final class Occurrence {
    private final String method;
    private final String path;
    private final Caller caller;
    private final @Nullable String acceptLanguage;
    private final @Nullable String accept;
    private final @Nullable String traceId;
    private final @Nullable Runnable watcher;

    /** Whether the application knows who asks. */
    public enum Caller {
        /** It does not. */
        ANONYMOUS,
        /** It does. */
        AUTHENTICATED
    }

    private Occurrence(
            String method,
            String path,
            Caller caller,
            @Nullable String acceptLanguage,
            @Nullable String accept,
            @Nullable String traceId,
            @Nullable Runnable watcher) {
        this.method = Objects.requireNonNull(method, "method");
        this.path = Objects.requireNonNull(path, "path");
        this.caller = Objects.requireNonNull(caller, "caller");
        this.acceptLanguage = acceptLanguage;
        this.accept = accept;
        this.traceId = traceId;
        this.watcher = watcher;
    }

    /**
     * Returns the occurrence in a request of which nothing else is known.
     *
     * @param method the request's method
     * @param path the request's path without its query
     * @return an occurrence whose caller is anonymous and states no preference
     */
    public static Occurrence of(String method, String path) {
        return new Occurrence(method, path, Caller.ANONYMOUS, null, null, null, null);
    }

    /**
     * Returns the same occurrence for another caller.
     *
     * @param asking whether the application knows who asks
     * @return an occurrence with that caller
     */
    public Occurrence by(Caller asking) {
        return new Occurrence(method, path, asking, acceptLanguage, accept, traceId, watcher);
    }

    /**
     * Returns the same occurrence with the languages that the request asks for.
     *
     * @param value the value of {@code Accept-Language}, or null if the request has none
     * @return an occurrence with that value
     */
    public Occurrence withAcceptLanguage(@Nullable String value) {
        return new Occurrence(method, path, caller, value, accept, traceId, watcher);
    }

    /**
     * Returns the same occurrence with the media types that the request asks for.
     *
     * @param value the value of {@code Accept}, or null if the request has none
     * @return an occurrence with that value
     */
    public Occurrence withAccept(@Nullable String value) {
        return new Occurrence(method, path, caller, acceptLanguage, value, traceId, watcher);
    }

    /**
     * Returns the same occurrence with the id under which the request can be traced.
     *
     * @param id the id, sent as {@code traceId}; null to send none
     * @return an occurrence with that id
     */
    public Occurrence withTraceId(@Nullable String id) {
        return new Occurrence(method, path, caller, acceptLanguage, accept, id, watcher);
    }

    /** The same occurrence, which tells when somebody asks what the request accepts: the answer depends on it then. */
    Occurrence watched(Runnable whenAcceptIsAsked) {
        return new Occurrence(method, path, caller, acceptLanguage, accept, traceId, whenAcceptIsAsked);
    }

    /**
     * Returns the request's method.
     *
     * @return the method
     */
    public String method() {
        return method;
    }

    /**
     * Returns the request's path.
     *
     * @return the path without its query
     */
    public String path() {
        return path;
    }

    /**
     * Returns whether the application knows who asks.
     *
     * @return the caller
     */
    public Caller caller() {
        return caller;
    }

    /**
     * Returns the languages that the request asks for.
     *
     * @return the value of {@code Accept-Language}, or null if the request has none
     */
    public @Nullable String acceptLanguage() {
        return acceptLanguage;
    }

    /**
     * Returns the media types that the request asks for.
     *
     * @return the value of {@code Accept}, or null if the request has none
     */
    public @Nullable String accept() {
        if (watcher != null) {
            watcher.run();
        }
        return accept;
    }

    /**
     * Tells whether {@code Accept} names a media type, with whatever weight but zero; a wildcard names none.
     *
     * @param mediaType the media type without parameters, {@code application/vnd.shop.v1+json}
     * @return true if the request asks for it by name
     */
    public boolean accepts(String mediaType) {
        String value = accept();
        if (value == null) {
            return false;
        }
        int start = 0;
        while (start <= value.length()) {
            int comma = value.indexOf(',', start);
            int end = comma < 0 ? value.length() : comma;
            if (MediaType.names(value.substring(start, end), mediaType)) {
                return true;
            }
            start = end + 1;
        }
        return false;
    }

    /**
     * Tells whether the request prefers a page to JSON, as browsers do (RFC 9110 §12.5.1): {@code Accept} gives
     * {@code text/html} more weight than {@code application/json} and its like, be it by name or by a wildcard.
     *
     * @return false as well if there is no {@code Accept}, or one that cannot be read or is longer than 2048 characters
     */
    public boolean prefersHtml() {
        return AcceptField.prefersHtml(accept());
    }

    /**
     * Returns the id under which the request can be traced.
     *
     * @return the id, or null if there is none
     */
    public @Nullable String traceId() {
        return traceId;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Occurrence that
                && method.equals(that.method)
                && path.equals(that.path)
                && caller == that.caller
                && Objects.equals(acceptLanguage, that.acceptLanguage)
                && Objects.equals(accept, that.accept)
                && Objects.equals(traceId, that.traceId);
    }

    @Override
    public int hashCode() {
        return Objects.hash(method, path, caller, acceptLanguage, accept, traceId);
    }

    /** Returns method and path, as an access log shows them. */
    @Override
    public String toString() {
        return method + " " + path;
    }
}
