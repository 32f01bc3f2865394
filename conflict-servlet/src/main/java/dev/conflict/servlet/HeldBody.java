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
 */
@SuppressWarnings("ByteBufferBackingArray") // the pool has allocated every chunk
final class HeldBody {
    private final ChunkPool pool;
    private final List<ByteBuffer> chunks = new ArrayList<>(4);
    private long size;

    HeldBody(ChunkPool pool) {
        this.pool = pool;
    }

    long size() {
        return size;
    }

    void write(byte octet) {
        room().put(octet);
        size++;
    }

    void write(byte[] bytes, int offset, int length) {
        for (int done = 0; done < length; ) {
            ByteBuffer chunk = room();
            int some = Math.min(chunk.remaining(), length - done);
            chunk.put(bytes, offset + done, some);
            done += some;
        }
        size += length;
    }

    /**
     * Adds what the encoder makes of some characters; one half of a pair may be left over.
     *
     * @return false at a character of which the encoder makes nothing
     */
    boolean write(CharsetEncoder encoder, CharBuffer characters) {
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
        MessageDigest digest = EntityTag.contentDigest();
        for (ByteBuffer chunk : chunks) {
            digest.update(chunk.array(), 0, chunk.position());
        }
        return EntityTag.ofContent(digest);
    }

    void writeTo(OutputStream out) throws IOException {
        for (ByteBuffer chunk : chunks) {
            out.write(chunk.array(), 0, chunk.position());
        }
    }

    /** Writes the characters that these bytes were made of; an encoder ends no chunk within a character. */
    void writeTo(Writer out, CharsetDecoder decoder, char[] piece) throws IOException {
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

    void clear() {
        chunks.forEach(pool::giveBack);
        chunks.clear();
        size = 0;
    }
}
