package io.quorate.kv.mvcc;

import io.quorate.kv.Scan;
import io.quorate.kv.ScanPage;
import io.quorate.kv.Versioned;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a scan's page ends: the one place, because a page's fingerprint must be the same on every
 * replica and over every kind of store. Not thread-safe.
 */
public final class PageBuilder {
    private final Scan scan;
    private final List<Versioned> rows = new ArrayList<>();
    private long bytes;
    private boolean more;

    /** Begins a page. */
    public PageBuilder(Scan scan) {
        this.scan = scan;
    }

    /** Adds the next row in scan order; false if it lies beyond a bound, and the page is done. */
    public boolean offer(Versioned row) {
        long size = (long) row.key().length() + row.value().length();
        if (!rows.isEmpty() && (rows.size() == scan.limit() || bytes + size > scan.maxBytes())) {
            more = true;
            return false;
        }
        rows.add(row);
        bytes += size;
        return true;
    }

    /** The page. */
    public ScanPage page() {
        return new ScanPage(rows, more);
    }
}
