package io.quorate.kv.storage;

import java.nio.ByteBuffer;

/** Direct buffers of one thread, through which keys and values cross to RocksDB without copies of arrays. */
final class ReadBuffers {
    /** Values up to this size are read in one call; longer ones take a second. */
    private static final int VALUE_BYTES = 32 * 1024;

    final ByteBuffer key = ByteBuffer.allocateDirect(RowLayout.MAX_STORED_KEY);
    final ByteBuffer value = ByteBuffer.allocateDirect(VALUE_BYTES);
}
