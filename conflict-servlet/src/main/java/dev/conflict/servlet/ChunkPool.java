package dev.conflict.servlet;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * Buffers that requests hand on to each other, as containers do with theirs, so that holding an answer back costs little
 * garbage.
 *
 * <p>What is idle is bounded; who finds nothing here gets a new one. Whoever gives a buffer back has forgotten
 * it, and so has everybody whom he let have it; see {@link HeldBody}.
 */
final class ChunkPool {
    static final int CHUNK_BYTES = 16 * 1024;

    private static final int MAX_IDLE = 64;

    private final ArrayDeque<ByteBuffer> idle = new ArrayDeque<>();

    ByteBuffer take() {
        ByteBuffer chunk;
        synchronized (idle) {
            chunk = idle.pollFirst();
        }
        return chunk != null ? chunk : ByteBuffer.allocate(CHUNK_BYTES);
    }

    void giveBack(ByteBuffer chunk) {
        chunk.clear();
        synchronized (idle) {
            if (idle.size() < MAX_IDLE) {
                idle.addFirst(chunk);
            }
        }
    }

    int idle() {
        synchronized (idle) {
            return idle.size();
        }
    }
}
