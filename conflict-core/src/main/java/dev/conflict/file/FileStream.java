package dev.conflict.file;

import dev.conflict.EntityTag;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;

/**
 * A file that is open for reading, with the entity tag and the length of exactly what will be read.
 *
 * <pre>{@code
 * try (FileStream file = files.open(name).orElseThrow()) {
 *     response.setHeader("ETag", file.tag().toString());
 *     response.setContentLengthLong(file.length());
 *     file.transferTo(response.getOutputStream());
 * }
 * }</pre>
 *
 * <p>A write that wins meanwhile gives the name another content; this stream keeps the old one until it is closed. For use
 * by one thread.
 */
public final class FileStream extends FilterInputStream {
    private final EntityTag tag;
    private final long length;

    private FileStream(InputStream content, EntityTag tag, long length) {
        super(content);
        this.tag = tag;
        this.length = length;
    }

    /** Reads the channel to its end for the tag, and then stands at its start. */
    static FileStream of(FileChannel channel) throws IOException {
        EntityTag tag = Hashing.tag(channel);
        long length = channel.position();
        channel.position(0);
        return new FileStream(Channels.newInputStream(channel), tag, length);
    }

    /**
     * Returns the entity tag of the content.
     *
     * @return a strong tag
     */
    public EntityTag tag() {
        return tag;
    }

    /**
     * Returns how long the content is.
     *
     * @return the number of bytes from the start of the file to its end
     */
    public long length() {
        return length;
    }
}
