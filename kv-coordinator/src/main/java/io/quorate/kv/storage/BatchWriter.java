package io.quorate.kv.storage;

import io.quorate.kv.Value;
import io.quorate.kv.Versioned;
import io.quorate.kv.command.RetryRecord;
import io.quorate.kv.command.RowChange;
import io.quorate.kv.mvcc.AppliedState;
import io.quorate.kv.mvcc.EntryChanges;
import java.nio.ByteBuffer;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * Turns the changes of an entry into one RocksDB batch, reusing batch and buffers. Not thread-safe.
 */
final class BatchWriter implements AutoCloseable {
    private static final int VALUE_BYTES = 64 * 1024;
    /** A batch that grew beyond this is given back instead of being kept for the next entry. */
    private static final long BATCH_BYTES_KEPT = 4L * 1024 * 1024;

    private final ByteBuffer key = ByteBuffer.allocateDirect(RowLayout.MAX_STORED_KEY);
    private final ByteBuffer value = ByteBuffer.allocateDirect(VALUE_BYTES);
    private ByteBuffer pending = value;
    private WriteBatch batch = new WriteBatch();

    /** Fills the batch; it is valid until the next call. */
    WriteBatch fill(EntryChanges changes) throws RocksDBException {
        reset();
        for (EntryChanges.Row row : changes.rows()) {
            add(row.change(), row.version());
        }
        for (EntryChanges.Retry retry : changes.retries()) {
            add(retry);
        }
        add(changes.state());
        return batch;
    }

    private void reset() {
        if (batch.getDataSize() > BATCH_BYTES_KEPT) {
            batch.close();
            batch = new WriteBatch();
        } else {
            batch.clear();
        }
    }

    private void add(RowChange change, long version) throws RocksDBException {
        byte[] name = change.key().shared();
        Versioned previous = change.previous();
        if (previous != null) {
            historyKey(name, previous.version());
            value(RowLayout.SUPERSEDED_HEADER_BYTES + previous.value().length())
                    .put(RowLayout.SUPERSEDED).putLong(version).put(previous.value().shared());
            put();
        }
        Value next = change.value();
        if (next != null) {
            RowLayout.putLatestKey(key.clear(), name);
            value(RowLayout.VERSION_BYTES + next.length()).putLong(version).put(next.shared());
            put();
        } else {
            historyKey(name, version);
            value(1).put(RowLayout.REMOVAL);
            put();
            RowLayout.putLatestKey(key.clear(), name);
            batch.delete(key.flip());
        }
    }

    private void add(EntryChanges.Retry retry) throws RocksDBException {
        RetryRecord record = retry.record();
        byte[] answer = record.answer().orElse(Value.empty()).shared();
        RowLayout.putRetryKey(key.clear(), retry.route(), retry.id());
        value(RowLayout.RETRY_HEADER_BYTES + answer.length).putLong(record.expiresMillis())
                .putLong(record.commitTs()).put(record.answer().isPresent()
                        ? RowLayout.ANSWER_KEPT
                        : RowLayout.ANSWER_LEFT_OUT)
                .put(answer);
        put();
        RowLayout.putEndKey(key.clear(), record.expiresMillis(), retry.route(), retry.id());
        value(0);
        put();
    }

    private void add(AppliedState state) throws RocksDBException {
        key.clear().put(RowLayout.APPLIED_KEY);
        AppliedStateCodec.put(value(AppliedStateCodec.BYTES), state);
        put();
    }

    private void historyKey(byte[] name, long version) {
        RowLayout.putHistoryKey(key.clear(), name, version);
    }

    /** A buffer for the value of the next {@link #put}. */
    private ByteBuffer value(int length) {
        pending = length <= VALUE_BYTES ? value.clear() : ByteBuffer.allocateDirect(length);
        return pending;
    }

    private void put() throws RocksDBException {
        batch.put(key.flip(), pending.flip());
    }

    @Override
    public void close() {
        batch.close();
    }
}
