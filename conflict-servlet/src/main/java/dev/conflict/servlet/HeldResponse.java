package dev.conflict.servlet;

import dev.conflict.EntityTag;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The response as the application sees it: its body is held back until it is complete, so that its header can carry a tag
 * of it, or until it turns out that it gets none.
 *
 * <p>It gets none, and goes to the container as it comes from then on, as soon as anything shows that it is no complete
 * body of a 200 within the limit: its size or declared length, a status, a flush, {@code startAsync()}, trailers. What only
 * the container knows how to do (a forward, a buffer size after output, a print in its own character set) lets it go too. Everything
 * but the body is the container's own doing from the start; its stream or writer is fetched when the application asks, so
 * that character set and content type are settled in the container's way.
 *
 * <p>Like the response, it belongs to one thread at a time; other threads come after {@code startAsync()} only, and then hold
 * nothing.
 */
final class HeldResponse extends HttpServletResponseWrapper {
    private static final String CONTENT_LENGTH = "Content-Length";

    private final HttpServletRequest request;
    private final HttpServletResponse original;
    private final HeldRules rules;
    private final HeldBody body;

    private volatile boolean holding = true;

    private long contentLength = -1;
    private @Nullable HeldStream stream;
    private @Nullable HeldWriter writer;

    HeldResponse(HttpServletRequest request, HttpServletResponse response, HeldRules rules) {
        super(response);
        this.request = request;
        this.original = response;
        this.rules = rules;
        this.body = new HeldBody(rules.pool());
    }

    HeldBody body() {
        return body;
    }

    /** What the container has put behind this at the moment, such as a response that ignores what an include may not do. */
    private HttpServletResponse container() {
        return (HttpServletResponse) getResponse();
    }

    /**
     * To be called before bytes are written: tells whether to add them to the body here, or else to give them to the
     * container.
     *
     * @param bytes how many
     */
    boolean holds(long bytes) throws IOException {
        if (isHolding()
                && (body.size() + bytes > limit()
                        || (body.size() == 0 && !HeldTag.mayCome(request, container()))
                        || isAsynchronous())) {
            release();
        }
        return isHolding();
    }

    /**
     * To be called after bytes were added to the body: it may be complete now, for a container sends what has the declared
     * length. A 304 waits for the end, so that nothing is written after it.
     */
    void held() throws IOException {
        if (body.size() > limit()) {
            release();
        } else if (body.size() == contentLength && !HeldTag.isStated(request)) {
            finish();
        }
    }

    private long limit() {
        return contentLength < 0 ? rules.maxBodyBytes() : Math.min(contentLength, rules.maxBodyBytes());
    }

    /** Not for a thread that comes when the body has ended, whatever it sees of this object. */
    private boolean isHolding() {
        return holding && body.isOpen();
    }

    /** Whether another thread answers, which the application may have started on the container's own request. */
    private boolean isAsynchronous() {
        return !body.isOwn() && request.isAsyncStarted();
    }

    /** Such a thread may be faster than the filter's, and what was held goes out once. */
    private synchronized boolean beginRelease() {
        boolean first = holding;
        holding = false;
        return first;
    }

    /** Gives the container what was held, and everything that comes. */
    void release() throws IOException {
        if (!isHolding() || !beginRelease()) {
            return;
        }
        boolean written = false;
        try {
            if (writer != null) {
                writer.release(body);
            } else if (body.size() > 0) {
                body.writeTo(super.getOutputStream());
            }
            written = !request.isAsyncStarted(); // else it may be written when this thread is gone
        } finally {
            if (written) {
                body.giveBack();
            } else {
                body.drop();
            }
        }
    }

    void releaseUnchecked() {
        try {
            release();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Forgets what was held; what comes goes to the container. */
    void abandon() {
        forget();
        holding = false;
        body.drop();
    }

    private void forget() {
        body.forget();
        if (writer != null) {
            writer.forget();
        }
    }

    /**
     * The body is complete: sends it with its tag, or something without content in its place.
     *
     * @return false if something else was sent
     */
    boolean finish() throws IOException {
        if (!isHolding()) {
            return true;
        }
        if (request.isAsyncStarted()) {
            release(); // started on the container's own request: the rest is yet to come
            return true;
        }
        if (super.isCommitted()) {
            // Around this wrapper: by a redirect, which has no use for the body, or by a flush.
            if (super.getStatus() != SC_OK) {
                abandon();
            }
        } else if (HeldTag.isWanted(container())) {
            EntityTag own = HeldTag.ofApplication(request, container(), original);
            EntityTag tag = own != null || HeldTag.isSet(container()) ? own : bodyTag();
            if (tag != null && HeldTag.replaces(tag, request, original)) {
                holding = false;
                body.giveBack(); // no container has seen it
                return false;
            }
        }
        release();
        return true;
    }

    /**
     * Tags the body.
     *
     * @return null for a body that gets no tag: one that is not what its length or its last character announces, and an
     *     empty one, which for a HEAD may mean that the application did not write it (RFC 9110 §9.3.2)
     */
    private @Nullable EntityTag bodyTag() {
        if (body.size() == 0
                || (contentLength >= 0 && contentLength != body.size())
                || (writer != null && !writer.isWhole())
                || super.containsHeader("Transfer-Encoding")) {
            return null;
        }
        EntityTag tag = HeldTag.set(container(), body, rules.strong());
        if (contentLength < 0 && (writer == null || writer.isCountable())) {
            super.setContentLengthLong(body.size());
        }
        return tag;
    }

    /** To be called at a flush: tells whether the container is to flush too. */
    boolean passesFlush() throws IOException {
        if (!rules.flushed() || body.size() == 0) {
            release();
        }
        return !isHolding();
    }

    /** To be called when the application closes its stream or writer: tells whether the container is to close too. */
    boolean passesClose() throws IOException {
        if (request.getDispatcherType() == DispatcherType.INCLUDE) {
            release(); // Undertow heeds no header here
            return true;
        }
        return finish(); // if something else was sent, the stream or writer went with the body
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        ServletOutputStream container = super.getOutputStream();
        HeldStream known = stream;
        if (known != null && known.isOf(container)) {
            return known;
        }
        if (!isHolding()) {
            return container;
        }
        known = new HeldStream(container, this);
        stream = known;
        return known;
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        PrintWriter container = super.getWriter();
        HeldWriter known = writer;
        if (known != null && known.isOf(container)) {
            return known;
        }
        if (!isHolding()) {
            return container;
        }
        known = new HeldWriter(container, this, Charset.forName(super.getCharacterEncoding()));
        writer = known;
        return known;
    }

    @Override
    public void flushBuffer() throws IOException {
        if (passesFlush()) {
            super.flushBuffer();
        }
    }

    @Override
    public void reset() {
        super.reset();
        forget();
        contentLength = -1;
        stream = null;
        writer = null;
    }

    @Override
    public void resetBuffer() {
        super.resetBuffer();
        abandon();
    }

    /**
     * Forgets what was held, as a forward does, and lets what it brings go: containers end a forward each in its own way,
     * and Tomcat 11 behind every wrapper's back.
     */
    void forward() {
        if (!super.isCommitted()) {
            abandon();
        }
    }

    @Override
    public void setBufferSize(int size) {
        if (body.size() > 0) {
            releaseUnchecked(); // too late for it, as the container says in its own words
        }
        super.setBufferSize(size);
    }

    @Override
    public void sendError(int status) throws IOException {
        super.sendError(status);
        abandonIfSent();
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        super.sendError(status, message);
        abandonIfSent();
    }

    @Override
    public void sendRedirect(String location) throws IOException {
        super.sendRedirect(location);
        abandonIfSent();
    }

    /**
     * Sends a redirect; it overrides the method of Servlet 6.1.
     *
     * @param location where to
     * @param clearBuffer whether what was written is dropped, or else sent along
     * @throws IOException if the container cannot send it
     */
    public void sendRedirect(String location, boolean clearBuffer) throws IOException {
        sendRedirect(location, SC_FOUND, clearBuffer);
    }

    /**
     * Sends a redirect; it overrides the method of Servlet 6.1.
     *
     * @param location where to
     * @param status the status
     * @param clearBuffer whether what was written is dropped, or else sent along
     * @throws IOException if the container cannot send it
     */
    public void sendRedirect(String location, int status, boolean clearBuffer) throws IOException {
        if (!clearBuffer) {
            release();
        }
        Redirect.send(original, location, status, clearBuffer);
        abandonIfSent();
    }

    /** In an included resource a container ignores errors and redirects. */
    private void abandonIfSent() {
        if (super.isCommitted()) {
            abandon();
        }
    }

    @Override
    public void setTrailerFields(Supplier<Map<String, String>> supplier) {
        releaseUnchecked();
        super.setTrailerFields(supplier);
    }

    @Override
    public void setContentLength(int length) {
        declare(length);
        super.setContentLength(length);
    }

    @Override
    public void setContentLengthLong(long length) {
        declare(length);
        super.setContentLengthLong(length);
    }

    @Override
    public void setHeader(String name, String value) {
        declare(name, value);
        super.setHeader(name, value);
    }

    @Override
    public void addHeader(String name, String value) {
        declare(name, value);
        super.addHeader(name, value);
    }

    @Override
    public void setIntHeader(String name, int value) {
        declare(name, Integer.toString(value));
        super.setIntHeader(name, value);
    }

    @Override
    public void addIntHeader(String name, int value) {
        declare(name, Integer.toString(value));
        super.addIntHeader(name, value);
    }

    private void declare(String name, @Nullable String value) {
        if (CONTENT_LENGTH.equalsIgnoreCase(name)) {
            try {
                declare(value == null ? -1 : Long.parseLong(value.trim()));
            } catch (NumberFormatException nonsense) {
                releaseUnchecked(); // the container may throw, or send it
            }
        }
    }

    private void declare(long length) {
        contentLength = length;
        if (length > rules.maxBodyBytes() || (length >= 0 && length < body.size())) {
            releaseUnchecked();
        }
    }
}
