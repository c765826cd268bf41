package io.quorate.kv.storage;

import io.quorate.kv.Value;
import io.quorate.kv.command.RetryRecord;
import io.quorate.kv.mvcc.AppliedState;
import io.quorate.kv.mvcc.GcCursor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.WriteBatch;

/**
 * Finds and deletes what no reader and no command can ask for any more: first history, then retry
 * records by their end. Finding takes no lock; applying goes on meanwhile and only adds to what is kept.
 */
final class HistoryCollector {
    private static final byte[] HISTORY_START = {RowLayout.HISTORY};
    private static final byte[] HISTORY_END = {RowLayout.HISTORY + 1};
    private static final byte[] RETRY_START = {RowLayout.RETRY_BY_END};
    private static final byte[] RETRY_END = {RowLayout.RETRY_BY_END + 1};

    /**
     * One batch of rows to delete.
     *
     * @param history stored keys of versions
     * @param ends stored keys of retry records by their end
     * @param next where to go on
     */
    record Found(List<byte[]> history, List<byte[]> ends, GcCursor next) {
        int count() {
            return history.size() + ends.size();
        }
    }

    Found find(RocksHandle handle, GcCursor cursor, AppliedState horizon, int maxRows)
            throws RocksDBException {
        byte[] from = cursor.position().shared();
        boolean retries = from.length > 0 && from[0] == RowLayout.RETRY_BY_END;
        byte[] start = from.length == 0 ? HISTORY_START : from;
        try (Slice upper = new Slice(retries ? RETRY_END : HISTORY_END);
                ReadOptions options = new ReadOptions().setIterateUpperBound(upper)
                        .setFillCache(false);
                RocksIterator rows = handle.db.newIterator(options)) {
            rows.seek(start);
            Found found = retries
                    ? findRetries(rows, horizon.lastStamp(), maxRows)
                    : findHistory(rows, horizon.safePoint(), maxRows);
            rows.status();
            return found;
        }
    }

    /** Deletes in one batch. The caller keeps everyone else from writing. */
    void delete(RocksHandle handle, Found found) throws RocksDBException {
        try (WriteBatch batch = new WriteBatch()) {
            for (byte[] stored : found.history()) {
                batch.delete(stored);
            }
            for (byte[] end : found.ends()) {
                deleteRetry(handle, batch, end);
            }
            handle.db.write(handle.write, batch);
        }
    }

    /**
     * A superseded version goes once its successor is at or below the safe point. A removal goes once
     * it is itself there, but never before the versions that it hides: it waits until the next older
     * version of its key is another removal or there is none.
     */
    private static Found findHistory(RocksIterator rows, long safePoint, int maxRows) {
        List<byte[]> garbage = new ArrayList<>();
        byte @Nullable [] waiting = null;
        for (int seen = 0; rows.isValid() && seen < maxRows; seen++) {
            byte[] stored = rows.key();
            byte[] value = rows.value();
            boolean removal = value[0] == RowLayout.REMOVAL;
            if (waiting != null && (removal || !sameKey(waiting, stored))) {
                garbage.add(waiting);
                waiting = null;
            }
            if (removal && RowLayout.versionOfHistory(stored) <= safePoint) {
                waiting = stored;
            } else if (!removal && ByteBuffer.wrap(value).getLong(1) <= safePoint) {
                garbage.add(stored);
            }
            rows.next();
        }
        if (!rows.isValid()) {
            if (waiting != null) {
                garbage.add(waiting);
            }
            return new Found(garbage, List.of(), cursor(RETRY_START));
        }
        return new Found(garbage, List.of(), cursor(waiting == null ? rows.key() : waiting));
    }

    private static Found findRetries(RocksIterator rows, long lastStamp, int maxRows) {
        List<byte[]> expired = new ArrayList<>();
        while (rows.isValid() && expired.size() < maxRows) {
            byte[] stored = rows.key();
            if (!RetryRecord.isExpired(ByteBuffer.wrap(stored).getLong(1), lastStamp)) {
                return new Found(List.of(), expired, GcCursor.START);
            }
            expired.add(stored);
            rows.next();
        }
        GcCursor next = rows.isValid() ? cursor(RETRY_START) : GcCursor.START;
        return new Found(List.of(), expired, next);
    }

    /** The record itself goes only if no later command has been kept under the same id. */
    private static void deleteRetry(RocksHandle handle, WriteBatch batch, byte[] end)
            throws RocksDBException {
        byte[] record = new byte[RowLayout.RETRY_KEY_BYTES];
        record[0] = RowLayout.RETRY;
        System.arraycopy(end, 1 + Long.BYTES, record, 1, record.length - 1);
        byte[] stored = handle.db.get(handle.read, record);
        if (stored != null
                && ByteBuffer.wrap(stored).getLong() == ByteBuffer.wrap(end).getLong(1)) {
            batch.delete(record);
        }
        batch.delete(end);
    }

    private static boolean sameKey(byte[] left, byte[] right) {
        int leftEnd = left.length - Long.BYTES;
        int rightEnd = right.length - Long.BYTES;
        return Arrays.equals(left, 0, leftEnd, right, 0, rightEnd);
    }

    private static GcCursor cursor(byte[] position) {
        return new GcCursor(Value.of(position));
    }
}
