package dev.conflict.file;

import dev.conflict.EntityTag;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;

/** Takes entity tags of contents that do not fit into memory. */
final class Hashing {
    static final int BUFFER_BYTES = 64 * 1024;

    private Hashing() {}

    /** Reads from where the channel stands to its end. */
    static EntityTag tag(FileChannel channel) throws IOException {
        MessageDigest sha256 = EntityTag.contentDigest();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
        while (channel.read(buffer) >= 0) {
            sha256.update(buffer.flip());
            buffer.clear();
        }
        return EntityTag.ofContent(sha256);
    }
}
