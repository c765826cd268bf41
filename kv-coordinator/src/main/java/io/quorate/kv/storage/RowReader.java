package io.quorate.kv.storage;

import io.quorate.kv.Key;
import io.quorate.kv.RetryId;
import io.quorate.kv.Value;
import io.quorate.kv.Versioned;
import io.quorate.kv.command.RetryRecord;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** Point reads through the calling thread's buffers: one copy of the value, into its own array. */
final class RowReader {
    private final RocksResources resources;

    RowReader(RocksResources resources) {
        this.resources = resources;
    }

    @Nullable
    Versioned latest(RocksHandle handle, ReadOptions options, Key key) throws RocksDBException {
        ReadBuffers buffers = resources.buffers();
        RowLayout.putLatestKey(buffers.key.clear(), key.shared());
        ByteBuffer stored = read(handle, options, buffers);
        if (stored == null) {
            return null;
        }
        long version = stored.getLong();
        return new Versioned(key, remaining(stored), version);
    }

    @Nullable
    RetryRecord retryRecord(RocksHandle handle, ReadOptions options, int route, RetryId id)
            throws RocksDBException {
        ReadBuffers buffers = resources.buffers();
        RowLayout.putRetryKey(buffers.key.clear(), route, id);
        ByteBuffer stored = read(handle, options, buffers);
        if (stored == null) {
            return null;
        }
        long expires = stored.getLong();
        long commitTs = stored.getLong();
        boolean kept = stored.get() == RowLayout.ANSWER_KEPT;
        return new RetryRecord(kept ? Optional.of(remaining(stored)) : Optional.empty(), commitTs,
                expires);
    }

    private static @Nullable ByteBuffer read(RocksHandle handle, ReadOptions options,
            ReadBuffers buffers) throws RocksDBException {
        ByteBuffer key = buffers.key.flip();
        ByteBuffer value = buffers.value.clear();
        int length = handle.db.get(options, key.duplicate(), value);
        if (length == RocksDB.NOT_FOUND) {
            return null;
        }
        if (length <= value.capacity()) {
            return value;
        }
        byte[] name = new byte[key.remaining()];
        key.get(name);
        byte[] whole = handle.db.get(options, name);
        // Between the two reads the row may have been removed.
        return whole == null ? null : ByteBuffer.wrap(whole);
    }

    private static Value remaining(ByteBuffer stored) {
        byte[] bytes = new byte[stored.remaining()];
        stored.get(bytes);
        return Value.of(bytes);
    }
}
