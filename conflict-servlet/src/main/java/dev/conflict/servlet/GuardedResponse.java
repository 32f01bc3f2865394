package dev.conflict.servlet;

import dev.conflict.EntityTag;
import dev.conflict.http.ConditionalRequest;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The response as the application sees it: it holds {@code sendError} back while the filter can still learn why, and puts
 * the answer's entity tag on as late as possible.
 *
 * <p><b>Holding back.</b> Some frameworks call {@code sendError} first and throw the conflict then; a container would have
 * finished the response in between. So the call is remembered, by the filter's thread and while the filter is on its
 * stack only. Containers differ in what an application may do after {@code sendError}, and in what becomes of it. Nobody
 * has to know how: as soon as the application touches the response again, the call is made, and the touch goes to the
 * container as it is. What remains are questions (the response says that it is committed, as a container does) and
 * {@code close()}, which no container heeds then.
 *
 * <p>Not held back is what could not be made up for: in an included resource, where a container ignores the call; after
 * {@code resetBuffer()}, with which containers begin a forward, since some close the response behind the wrapper at its
 * end; after {@code startAsync()}, when the response is no longer this thread's alone; in any other thread.
 *
 * <p><b>The tag.</b> The ledger's supplier tells the truth after the commit, so it is asked just before the container would
 * send the header: at a flush, a close, when the application's bytes fill the buffer, else when the chain has returned.
 */
final class GuardedResponse extends HttpServletResponseWrapper {
    private static final String ETAG = "ETag";
    private static final String CONTENT_LENGTH = "Content-Length";

    private final HttpServletRequest request;
    private final HttpServletResponse original;
    private final Exchange exchange;

    /** Only its own thread writes a thread here, so that a thread that finds itself is right without any memory barrier. */
    private @Nullable Thread holder;

    private int heldStatus;
    private @Nullable String heldMessage;
    private boolean heldWithMessage;
    private boolean dispatching;

    private boolean tagged;
    private boolean cachingSet;
    private boolean tagsAtFirstWrite;
    private long written;
    private long contentLength = -1;

    private @Nullable GuardedStream stream;
    private @Nullable GuardedWriter writer;

    GuardedResponse(HttpServletRequest request, HttpServletResponse response, Exchange exchange) {
        super(response);
        this.request = request;
        this.original = response;
        this.exchange = exchange;
    }

    /** The response as the filter got it. */
    HttpServletResponse original() {
        return original;
    }

    /** The filter is on the stack of this thread from now on. */
    void enter() {
        holder = Thread.currentThread();
        dispatching = false;
        tagsAtFirstWrite = false;
    }

    /** The filter leaves the stack; a call that was held back is made. */
    void leave() throws IOException {
        boolean held = isHolding();
        holder = null;
        tagsAtFirstWrite = request.isAsyncStarted();
        if (held) {
            sendHeld();
        }
    }

    /** The filter leaves the stack and has answered; a call that was held back is forgotten. */
    void abandon() {
        holder = null;
        heldStatus = 0;
        heldMessage = null;
    }

    /** Whether a {@code sendError} is held back. */
    boolean isHolding() {
        return heldStatus != 0 && holder == Thread.currentThread();
    }

    /** The message of the call that is held back, null if it has none. */
    @Nullable String heldMessage() {
        return heldMessage;
    }

    /** Whether the application wrote something, or said how much it would have written. */
    boolean hasContent() {
        return written > 0 || contentLength > 0;
    }

    private void sendHeld() throws IOException {
        int status = heldStatus;
        String message = heldMessage;
        heldStatus = 0;
        heldMessage = null;
        removeTag();
        if (heldWithMessage) {
            super.sendError(status, message);
        } else {
            super.sendError(status);
        }
    }

    /** To be called first by whatever touches the response. */
    void touch() {
        if (isHolding()) {
            try {
                sendHeld();
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }
    }

    private boolean holdsBack(int status) {
        return holder == Thread.currentThread()
                && heldStatus == 0
                && status >= 400
                && !dispatching
                && !super.isCommitted()
                && !isIncluding()
                && !request.isAsyncStarted();
    }

    /** Undertow says so in the request; Tomcat puts a response between this and the original that ignores what it should. */
    @SuppressWarnings("ReferenceEquality") // whether it is this very object is the question
    private boolean isIncluding() {
        return getResponse() != original || request.getDispatcherType() == DispatcherType.INCLUDE;
    }

    @Override
    public void sendError(int status) throws IOException {
        if (holdsBack(status)) {
            heldStatus = status;
            heldWithMessage = false;
            return;
        }
        touch();
        removeTag();
        super.sendError(status);
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        if (holdsBack(status)) {
            heldStatus = status;
            heldMessage = message;
            heldWithMessage = true;
            return;
        }
        touch();
        removeTag();
        super.sendError(status, message);
    }

    @Override
    public boolean isCommitted() {
        return isHolding() || super.isCommitted();
    }

    @Override
    public int getStatus() {
        return isHolding() ? heldStatus : super.getStatus();
    }

    /**
     * Puts the tag on that the ledger was offered, if the answer may carry it and has none, and what it says to caches.
     *
     * <p>Also a 304 carries it (RFC 9110 §15.4.5).
     */
    void tag() {
        ConditionalRequest ledger = exchange.ledger();
        if (ledger == null || tagged || isCommitted() || !carriesTag(super.getStatus())) {
            return;
        }
        if (containsHeader(ETAG)) {
            if (ledger.isEvaluated()) {
                cachingSet |= Caching.setDefault(original, ledger.method());
            }
            return;
        }
        EntityTag tag = offeredTag(ledger).orElse(null);
        if (tag != null) {
            super.setHeader(ETAG, tag.toString());
            tagged = true;
            cachingSet = Caching.setDefault(original, ledger.method());
        }
    }

    private static boolean carriesTag(int status) {
        return (status >= 200 && status <= 299) || status == SC_NOT_MODIFIED;
    }

    private static Optional<EntityTag> offeredTag(ConditionalRequest ledger) {
        try {
            return ledger.responseTag();
        } catch (RuntimeException unreadable) {
            return Optional.empty(); // the tag is a help; the answer stands without it
        }
    }

    /** The tag that this class put on belongs to a success, and to nothing that comes instead of it. */
    void removeTag() {
        if ((tagged || cachingSet) && !super.isCommitted() && !isIncluding()) {
            Fields.resetExcept(
                    original,
                    name -> (tagged && ETAG.equalsIgnoreCase(name))
                            || (cachingSet && Caching.FIELD.equalsIgnoreCase(name)));
            tagged = false;
            cachingSet = false;
        }
    }

    /**
     * To be called before bytes are written.
     *
     * @param bytes how many at most
     */
    void beforeWrite(long bytes) {
        touch();
        written += bytes;
        if (mayTag() && (tagsAtFirstWrite || written >= commitsAt())) {
            tag();
        }
    }

    /** To be called before the header is sent, whatever else is. */
    void beforeFlush() {
        touch();
        tag();
    }

    /**
     * Tells whether a close is to be passed on.
     *
     * @return false if an error waits to be sent: no container heeds a close then
     */
    boolean beforeClose() {
        if (isHolding()) {
            return false;
        }
        tag();
        return true;
    }

    /** Whether a tag may still be put on; as long as it may, the writes should not make the container hasten. */
    boolean mayTag() {
        return !tagged && exchange.ledger() != null;
    }

    private long commitsAt() {
        return contentLength < 0 ? getBufferSize() : Math.min(contentLength, getBufferSize());
    }

    private void noteLength(String name, String value) {
        if (CONTENT_LENGTH.equalsIgnoreCase(name) && value != null) {
            try {
                contentLength = Long.parseLong(value.trim());
            } catch (NumberFormatException none) {
                contentLength = -1;
            }
        }
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        touch();
        ServletOutputStream container = super.getOutputStream();
        GuardedStream known = stream;
        if (known == null || !known.isOf(container)) {
            known = new GuardedStream(container, this);
            stream = known;
        }
        return known;
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        touch();
        PrintWriter container = super.getWriter();
        GuardedWriter known = writer;
        if (known == null || !known.isOf(container)) {
            known = new GuardedWriter(container, this, getCharacterEncoding());
            Exchange.takesWriter(request, this);
            writer = known;
        }
        return known;
    }

    @Override
    public void flushBuffer() throws IOException {
        beforeFlush();
        super.flushBuffer();
    }

    @Override
    public void reset() {
        touch();
        super.reset();
        tagged = false;
        cachingSet = false;
        written = 0;
        contentLength = -1;
    }

    @Override
    public void resetBuffer() {
        touch();
        super.resetBuffer();
        dispatching = true;
        written = 0;
    }

    @Override
    public void sendRedirect(String location) throws IOException {
        touch();
        super.sendRedirect(location);
    }

    @Override
    public void setStatus(int status) {
        touch();
        super.setStatus(status);
    }

    @Override
    public void setHeader(String name, String value) {
        touch();
        noteLength(name, value);
        cachingSet = cachingSet && !Caching.FIELD.equalsIgnoreCase(name);
        super.setHeader(name, value);
    }

    @Override
    public void addHeader(String name, String value) {
        if (cachingSet && Caching.FIELD.equalsIgnoreCase(name)) {
            setHeader(name, value); // in place of the default, not beside it
            return;
        }
        touch();
        noteLength(name, value);
        super.addHeader(name, value);
    }

    @Override
    public void setIntHeader(String name, int value) {
        touch();
        noteLength(name, Integer.toString(value));
        super.setIntHeader(name, value);
    }

    @Override
    public void addIntHeader(String name, int value) {
        touch();
        noteLength(name, Integer.toString(value));
        super.addIntHeader(name, value);
    }

    @Override
    public void setDateHeader(String name, long date) {
        touch();
        super.setDateHeader(name, date);
    }

    @Override
    public void addDateHeader(String name, long date) {
        touch();
        super.addDateHeader(name, date);
    }

    @Override
    public void addCookie(Cookie cookie) {
        touch();
        super.addCookie(cookie);
    }

    @Override
    public void setContentType(String type) {
        touch();
        super.setContentType(type);
    }

    @Override
    public void setCharacterEncoding(String charset) {
        touch();
        super.setCharacterEncoding(charset);
    }

    @Override
    public void setContentLength(int length) {
        touch();
        contentLength = length;
        super.setContentLength(length);
    }

    @Override
    public void setContentLengthLong(long length) {
        touch();
        contentLength = length;
        super.setContentLengthLong(length);
    }

    @Override
    public void setLocale(Locale locale) {
        touch();
        super.setLocale(locale);
    }

    @Override
    public void setBufferSize(int size) {
        touch();
        super.setBufferSize(size);
    }

    @Override
    public void setTrailerFields(Supplier<Map<String, String>> supplier) {
        touch();
        super.setTrailerFields(supplier);
    }
}
