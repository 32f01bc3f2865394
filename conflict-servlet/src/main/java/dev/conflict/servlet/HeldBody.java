package dev.conflict.servlet;

import dev.conflict.EntityTag;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of an answer that is held back, in chunks, so that a growing body is never copied.
 *
 * <p>It is hashed when it is whole: what turns out to be too large, or no success, is not hashed at all.
 *
 * <p><b>Whose the chunks are.</b> A chunk that goes back to the pool is written for another reader next, so nobody may
 * touch it any more. That is certain only of the thread that made the body: it hands the chunks back as the last thing that
 * it does with them. Any other thread has to ask first, each time ({@link #isOpen}). If it is too late, it gets nothing;
 * if not, the body is shared from then on, and its chunks are left to the garbage collector. The same holds when the body
 * ends in any way but by {@link #giveBack}.
 */
@SuppressWarnings("ByteBufferBackingArray") // the pool has allocated every chunk
final class HeldBody {
    private final ChunkPool pool;
    private final Thread owner = Thread.currentThread();
    private final List<ByteBuffer> chunks = new ArrayList<>(4);
    private long size;

    /** Written under the lock; the owner, who alone gives back, reads what he has written himself. */
    private boolean ended;

    private boolean shared;

    HeldBody(ChunkPool pool) {
        this.pool = pool;
    }

    long size() {
        return size;
    }

    /** Tells whether this thread may use the body; if it is not the one that made it, the chunks never go back. */
    boolean isOpen() {
        return isOwn() ? !ended : share();
    }

    /** Tells whether this thread made the body. */
    boolean isOwn() {
        return Thread.currentThread() == owner;
    }

    private synchronized boolean share() {
        shared |= !ended;
        return !ended;
    }

    private synchronized boolean end() {
        boolean last = !ended && !shared && isOwn();
        ended = true;
        return last;
    }

    private void check() {
        if (!isOpen()) {
            throw new IllegalStateException("What was held back has been sent or dropped");
        }
    }

    void write(byte octet) {
        check();
        room().put(octet);
        size++;
    }

    void write(byte[] bytes, int offset, int length) {
        check();
        for (int done = 0; done < length; ) {
            ByteBuffer chunk = room();
            int some = Math.min(chunk.remaining(), length - done);
            chunk.put(bytes, offset + done, some);
            done += some;
        }
        size += length;
    }

    void write(ByteBuffer bytes) {
        check();
        size += bytes.remaining();
        while (bytes.hasRemaining()) {
            ByteBuffer chunk = room();
            ByteBuffer some = bytes.slice(bytes.position(), Math.min(chunk.remaining(), bytes.remaining()));
            bytes.position(bytes.position() + some.remaining());
            chunk.put(some);
        }
    }

    /** Adds characters of one byte each. */
    void writeAscii(String text) {
        check();
        for (int done = 0; done < text.length(); ) {
            ByteBuffer chunk = room();
            int end = Math.min(text.length(), done + chunk.remaining());
            while (done < end) {
                chunk.put((byte) text.charAt(done++));
            }
        }
        size += text.length();
    }

    /**
     * Adds what the encoder makes of some characters; one half of a pair may be left over.
     *
     * @return false at a character of which the encoder makes nothing
     */
    boolean write(CharsetEncoder encoder, CharBuffer characters) {
        check();
        ByteBuffer chunk = room();
        while (true) {
            int before = chunk.position();
            CoderResult result = encoder.encode(characters, chunk, false);
            size += chunk.position() - before;
            if (!result.isOverflow()) {
                return !result.isError();
            }
            chunk = next();
        }
    }

    private ByteBuffer room() {
        if (!chunks.isEmpty()) {
            ByteBuffer last = chunks.get(chunks.size() - 1);
            if (last.hasRemaining()) {
                return last;
            }
        }
        return next();
    }

    private ByteBuffer next() {
        ByteBuffer chunk = pool.take();
        chunks.add(chunk);
        return chunk;
    }

    /** The tag of these bytes, a strong one. */
    EntityTag tag() {
        check();
        MessageDigest digest = EntityTag.contentDigest();
        for (ByteBuffer chunk : chunks) {
            digest.update(chunk.array(), 0, chunk.position());
        }
        return EntityTag.ofContent(digest);
    }

    void writeTo(OutputStream out) throws IOException {
        check();
        for (ByteBuffer chunk : chunks) {
            out.write(chunk.array(), 0, chunk.position());
        }
    }

    /** Writes the characters that these bytes were made of; an encoder ends no chunk within a character. */
    void writeTo(Writer out, CharsetDecoder decoder, char[] piece) throws IOException {
        check();
        CharBuffer characters = CharBuffer.wrap(piece);
        for (ByteBuffer chunk : chunks) {
            ByteBuffer bytes = chunk.duplicate().flip();
            CoderResult result;
            do {
                result = decoder.decode(bytes, characters.clear(), false);
                out.write(piece, 0, characters.position());
            } while (result.isOverflow());
        }
    }

    /** Forgets what was written so far, whoever may still hold on to it. */
    void forget() {
        if (isOpen()) {
            chunks.clear();
            size = 0;
        }
    }

    /** Ends the body; nobody ever gets its chunks. */
    void drop() {
        forget();
        end();
    }

    /**
     * Ends the body, and lets others have its chunks if this thread is the only one that ever had them.
     *
     * <p>To be called when nobody else can have kept an array: what was written to a container that failed is not safe, as
     * Jetty sends the rest of an interrupted write later, nor is what was written to one that does not block.
     */
    void giveBack() {
        if (!isOpen()) {
            return;
        }
        if (end()) {
            chunks.forEach(pool::giveBack);
        }
        chunks.clear();
        size = 0;
    }
}
