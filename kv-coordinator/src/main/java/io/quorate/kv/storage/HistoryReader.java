package io.quorate.kv.storage;

import io.quorate.kv.Key;
import io.quorate.kv.Scan;
import io.quorate.kv.ScanPage;
import io.quorate.kv.Value;
import io.quorate.kv.Versioned;
import io.quorate.kv.mvcc.PageBuilder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.ReadTier;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.Snapshot;

/** Reads as of a timestamp: the latest row if it is old enough, else the newest version that is. */
final class HistoryReader {
    private HistoryReader() {}

    /**
     * Of when, and from where.
     *
     * @param timestamp of when
     * @param cachedOnly whether the disk is not to be touched
     */
    record Moment(long timestamp, boolean cachedOnly) {
        private ReadOptions options() {
            ReadOptions options = new ReadOptions();
            return cachedOnly ? options.setReadTier(ReadTier.BLOCK_CACHE_TIER) : options;
        }
    }

    /**
     * One row. Needs no snapshot: versions up to a timestamp move from the latest rows to history but
     * never back, and the latest row is read first.
     */
    static @Nullable Versioned get(RocksHandle handle, RowReader reader, Moment moment, Key key)
            throws RocksDBException {
        long timestamp = moment.timestamp();
        Versioned latest = reader.latest(handle,
                moment.cachedOnly() ? handle.readCached : handle.read, key);
        if (latest != null && latest.version() <= timestamp) {
            return latest;
        }
        byte[] prefix = RowLayout.historyPrefix(key.shared());
        try (Slice upper = new Slice(RowLayout.afterHistoryPrefix(prefix));
                ReadOptions options = moment.options().setIterateUpperBound(upper);
                RocksIterator versions = handle.db.newIterator(options)) {
            versions.seek(RowLayout.historyKey(key.shared(), timestamp));
            versions.status();
            return versions.isValid() ? superseded(versions, key) : null;
        }
    }

    /** One page; latest rows and history are read at one snapshot of the database. */
    static ScanPage page(RocksHandle handle, Scan scan, Moment moment) throws RocksDBException {
        Snapshot snapshot = handle.db.getSnapshot();
        try {
            return page(handle, snapshot, scan, moment);
        } finally {
            handle.db.releaseSnapshot(snapshot);
            snapshot.close();
        }
    }

    private static ScanPage page(RocksHandle handle, Snapshot snapshot, Scan scan, Moment moment)
            throws RocksDBException {
        byte[] start = scan.range().start().shared();
        byte[] end = scan.range().end().shared();
        try (Slice latestLower = new Slice(RowLayout.latestKey(start));
                Slice latestUpper = new Slice(RowLayout.latestKey(end));
                Slice historyLower = new Slice(RowLayout.historyPrefix(start));
                Slice historyUpper = new Slice(RowLayout.historyPrefix(end));
                ReadOptions latestOptions = bounded(moment, snapshot, latestLower, latestUpper);
                ReadOptions historyOptions = bounded(moment, snapshot, historyLower, historyUpper);
                RocksIterator latest = handle.db.newIterator(latestOptions);
                RocksIterator history = handle.db.newIterator(historyOptions)) {
            return new HistoryMerge(latest, history, scan, moment.timestamp())
                    .page(new PageBuilder(scan));
        }
    }

    private static ReadOptions bounded(Moment moment, Snapshot snapshot, Slice lower,
            Slice upper) {
        return moment.options().setSnapshot(snapshot).setIterateLowerBound(lower)
                .setIterateUpperBound(upper);
    }

    /** The version the iterator stands on, null if it is a removal. */
    static @Nullable Versioned superseded(RocksIterator versions, Key key) {
        byte[] stored = versions.value();
        if (stored[0] == RowLayout.REMOVAL) {
            return null;
        }
        byte[] value = Arrays.copyOfRange(stored, RowLayout.SUPERSEDED_HEADER_BYTES, stored.length);
        return new Versioned(key, Value.of(value), RowLayout.versionOfHistory(versions.key()));
    }
}
