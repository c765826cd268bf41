package io.quorate.kv.storage;

import io.quorate.kv.Key;
import io.quorate.kv.Scan;
import io.quorate.kv.ScanPage;
import io.quorate.kv.Value;
import io.quorate.kv.Versioned;
import io.quorate.kv.mvcc.PageBuilder;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * Walks latest rows and history side by side, key by key in scan order, and takes of each key the
 * newest version that is old enough. Not thread-safe; owns neither iterator.
 */
final class HistoryMerge {
    private final RocksIterator latest;
    private final RocksIterator history;
    private final Scan scan;
    private final long timestamp;

    HistoryMerge(RocksIterator latest, RocksIterator history, Scan scan, long timestamp) {
        this.latest = latest;
        this.history = history;
        this.scan = scan;
        this.timestamp = timestamp;
    }

    ScanPage page(PageBuilder page) throws RocksDBException {
        seekToBegin(latest);
        seekToBegin(history);
        boolean wanted = true;
        while (wanted && (latest.isValid() || history.isValid())) {
            Versioned row = takeNext();
            wanted = row == null || page.offer(row);
        }
        latest.status();
        history.status();
        return page.page();
    }

    /** Moves both iterators past the next key; returns its row as of the timestamp, if it had one. */
    private @Nullable Versioned takeNext() throws RocksDBException {
        byte[] inLatest = latest.isValid() ? nameOfLatest() : null;
        byte[] inHistory = history.isValid() ? RowLayout.keyOfHistory(history.key()) : null;
        byte[] name = first(inLatest, inHistory);
        Key key = Key.of(scan.range().route(), name);
        Versioned row = null;
        if (inLatest != null && Arrays.equals(inLatest, name)) {
            row = latestRow(key);
            step(latest);
        }
        if (inHistory != null && Arrays.equals(inHistory, name)) {
            if (row == null) {
                row = historyRow(key);
            }
            leaveHistoryOf(name);
        }
        return row;
    }

    private @Nullable Versioned latestRow(Key key) {
        byte[] stored = latest.value();
        long version = ByteBuffer.wrap(stored).getLong();
        if (version > timestamp) {
            return null;
        }
        byte[] value = Arrays.copyOfRange(stored, RowLayout.VERSION_BYTES, stored.length);
        return new Versioned(key, Value.of(value), version);
    }

    private @Nullable Versioned historyRow(Key key) throws RocksDBException {
        history.seek(RowLayout.historyKey(key.shared(), timestamp));
        history.status();
        boolean sameKey = history.isValid()
                && Arrays.equals(RowLayout.keyOfHistory(history.key()), key.shared());
        return sameKey ? HistoryReader.superseded(history, key) : null;
    }

    private void leaveHistoryOf(byte[] name) {
        byte[] prefix = RowLayout.historyPrefix(name);
        if (scan.descending()) {
            history.seekForPrev(prefix);
        } else {
            history.seek(RowLayout.afterHistoryPrefix(prefix));
        }
    }

    private byte[] nameOfLatest() {
        byte[] stored = latest.key();
        return Arrays.copyOfRange(stored, 1, stored.length);
    }

    private byte[] first(byte @Nullable [] left, byte @Nullable [] right) {
        if (left == null || right == null) {
            return Objects.requireNonNull(left == null ? right : left);
        }
        boolean leftFirst = Arrays.compareUnsigned(left, right) <= 0 != scan.descending();
        return leftFirst ? left : right;
    }

    private void seekToBegin(RocksIterator rows) {
        if (scan.descending()) {
            rows.seekToLast();
        } else {
            rows.seekToFirst();
        }
    }

    private void step(RocksIterator rows) {
        if (scan.descending()) {
            rows.prev();
        } else {
            rows.next();
        }
    }
}
