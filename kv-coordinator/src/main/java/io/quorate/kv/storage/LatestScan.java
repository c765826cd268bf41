package io.quorate.kv.storage;

import io.quorate.kv.Key;
import io.quorate.kv.Scan;
import io.quorate.kv.ScanPage;
import io.quorate.kv.Value;
import io.quorate.kv.Versioned;
import io.quorate.kv.mvcc.PageBuilder;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.rocksdb.ReadOptions;
import org.rocksdb.ReadTier;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

/** One page of latest rows. An iterator sees the database as of its creation, so a page is one moment. */
final class LatestScan {
    private LatestScan() {}

    static ScanPage page(RocksHandle handle, Scan scan, boolean cachedOnly)
            throws RocksDBException {
        byte[] start = RowLayout.latestKey(scan.range().start().shared());
        byte[] end = RowLayout.latestKey(scan.range().end().shared());
        try (Slice lower = new Slice(start);
                Slice upper = new Slice(end);
                ReadOptions options = new ReadOptions()) {
            // Bounds also keep the iterator from wading through tombstones beyond the range.
            options.setIterateLowerBound(lower).setIterateUpperBound(upper);
            if (cachedOnly) {
                options.setReadTier(ReadTier.BLOCK_CACHE_TIER);
            }
            try (RocksIterator rows = handle.db.newIterator(options)) {
                return page(rows, scan);
            }
        }
    }

    private static ScanPage page(RocksIterator rows, Scan scan) throws RocksDBException {
        PageBuilder page = new PageBuilder(scan);
        if (scan.descending()) {
            rows.seekToLast();
        } else {
            rows.seekToFirst();
        }
        int route = scan.range().route();
        while (rows.isValid() && page.offer(row(rows, route))) {
            if (scan.descending()) {
                rows.prev();
            } else {
                rows.next();
            }
        }
        rows.status();
        return page.page();
    }

    private static Versioned row(RocksIterator rows, int route) {
        byte[] name = rows.key();
        byte[] stored = rows.value();
        long version = ByteBuffer.wrap(stored).getLong();
        return new Versioned(Key.of(route, Arrays.copyOfRange(name, 1, name.length)),
                Value.of(Arrays.copyOfRange(stored, RowLayout.VERSION_BYTES, stored.length)),
                version);
    }
}
