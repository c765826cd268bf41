package io.quorate.kv.blob;

import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Direct buffers for bodies on their way to disk: a fixed number, allocated when first needed. */
final class ChunkPool {
    private final ConcurrentLinkedQueue<ByteBuffer> free = new ConcurrentLinkedQueue<>();
    private final AtomicInteger available;
    private final int chunkBytes;

    ChunkPool(int chunks, int chunkBytes) {
        this.available = new AtomicInteger(chunks);
        this.chunkBytes = chunkBytes;
    }

    /** Reserves the right to take this many chunks; false if so many are not left. */
    boolean reserve(int chunks) {
        int left = available.get();
        while (left >= chunks) {
            if (available.compareAndSet(left, left - chunks)) {
                return true;
            }
            left = available.get();
        }
        return false;
    }

    void unreserve(int chunks) {
        available.addAndGet(chunks);
    }

    /** A chunk of those reserved. */
    ByteBuffer take() {
        ByteBuffer chunk = free.poll();
        return chunk == null ? ByteBuffer.allocateDirect(chunkBytes) : chunk;
    }

    void giveBack(ByteBuffer chunk) {
        free.add(chunk.clear());
    }

    int available() {
        return available.get();
    }
}
