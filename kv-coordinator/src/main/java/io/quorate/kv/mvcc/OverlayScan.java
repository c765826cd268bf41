package io.quorate.kv.mvcc;

import io.quorate.kv.Key;
import io.quorate.kv.KeyRange;
import io.quorate.kv.Scan;
import io.quorate.kv.ScanPage;
import io.quorate.kv.Versioned;
import java.util.Comparator;
import java.util.HashSet;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * One page of a store with an entry's own changes over it. Rare: only a scan that meets keys which an
 * earlier command of the same entry changed comes here.
 */
final class OverlayScan {
    private OverlayScan() {}

    /** Merges page by page until the bounds of the scan or the end of the range is reached. */
    static ScanPage merge(MvccStore store, Scan scan, NavigableMap<Key, Optional<Versioned>> own) {
        Comparator<Key> order = scan.descending()
                ? Comparator.<Key>naturalOrder().reversed()
                : Comparator.naturalOrder();
        PageBuilder page = new PageBuilder(scan);
        NavigableMap<Key, Optional<Versioned>> pending = new TreeMap<>(order);
        pending.putAll(own);
        Set<Key> overwritten = new HashSet<>(own.keySet());
        KeyRange range = scan.range();
        boolean more = true;
        while (more) {
            ScanPage stored = store.scanLatest(
                    new Scan(range, Scan.MAX_LIMIT, Scan.MAX_BYTES, scan.descending()));
            for (Versioned row : stored.rows()) {
                if (!offerBefore(page, pending, row.key(), order)) {
                    return page.page();
                }
                if (overwritten.add(row.key()) && !page.offer(row)) {
                    return page.page();
                }
            }
            more = stored.more();
            if (more) {
                range = beyond(range, stored.rows().getLast().key(), scan.descending());
            }
        }
        offerAll(page, pending);
        return page.page();
    }

    private static boolean offerBefore(PageBuilder page,
            NavigableMap<Key, Optional<Versioned>> pending, Key bound, Comparator<Key> order) {
        while (!pending.isEmpty() && order.compare(pending.firstKey(), bound) <= 0) {
            Optional<Versioned> row = pending.pollFirstEntry().getValue();
            if (row.isPresent() && !page.offer(row.get())) {
                return false;
            }
        }
        return true;
    }

    private static void offerAll(PageBuilder page, NavigableMap<Key, Optional<Versioned>> pending) {
        for (Optional<Versioned> row : pending.values()) {
            if (row.isPresent() && !page.offer(row.get())) {
                return;
            }
        }
    }

    /** The rest of the range; ascending it begins with the last row again, which is then skipped. */
    private static KeyRange beyond(KeyRange range, Key last, boolean descending) {
        return descending ? new KeyRange(range.start(), last) : new KeyRange(last, range.end());
    }
}
