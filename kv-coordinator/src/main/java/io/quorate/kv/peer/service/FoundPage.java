package io.quorate.kv.peer.service;

import com.google.protobuf.ByteString;
import io.quorate.kv.Key;
import io.quorate.kv.ScanPage;
import io.quorate.kv.Value;
import io.quorate.kv.Versioned;
import io.quorate.kv.v1.RangeResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One page of a range as a call sees it.
 *
 * @param rows in the order asked for
 * @param last where the page ended at a bound; empty if nothing follows
 */
record FoundPage(List<Found> rows, Optional<Key> last) {
    FoundPage {
        rows = List.copyOf(rows);
    }

    /** A page of a range in which no key can lie. */
    static FoundPage empty() {
        return new FoundPage(List.of(), Optional.empty());
    }

    /** What is stored. */
    static FoundPage of(ScanPage stored) {
        return new FoundPage(stored.rows().stream().map(Found::of).toList(), lastOf(stored));
    }

    /**
     * What is stored under what the running transaction wrote.
     *
     * @param written keys of the range that were written, and what; empty where they were removed
     */
    static FoundPage under(SortedMap<Key, Optional<Value>> written, ScanPage stored,
            PageBound bound) {
        Optional<Key> last = lastOf(stored);
        TreeMap<Key, Found> merged = new TreeMap<>();
        stored.rows().forEach(row -> merged.put(row.key(), Found.of(row)));
        written.forEach((key, value) -> {
            if (last.isPresent() && bound.follows(key, last.get())) {
                return;
            }
            value.ifPresentOrElse(
                    own -> merged.put(key, new Found(key, own, Versioned.ABSENT)),
                    () -> merged.remove(key));
        });
        return cut(List.copyOf((bound.descending() ? merged.descendingMap() : merged).values()),
                last, bound);
    }

    private static FoundPage cut(List<Found> rows, Optional<Key> last, PageBound bound) {
        List<Found> kept = new ArrayList<>();
        long bytes = 0;
        for (Found row : rows) {
            bytes += row.storedBytes();
            if (!kept.isEmpty() && (kept.size() == bound.limit() || bytes > bound.bytes())) {
                return new FoundPage(kept, Optional.of(kept.getLast().key()));
            }
            kept.add(row);
        }
        return new FoundPage(kept, last);
    }

    private static Optional<Key> lastOf(ScanPage stored) {
        return stored.more() ? Optional.of(stored.rows().getLast().key()) : Optional.empty();
    }

    /** The page in the contract's words. */
    RangeResponse toResponse(boolean keysOnly, boolean descending) {
        RangeResponse.Builder response = RangeResponse.newBuilder();
        rows.forEach(row -> response.addRows(row.toRow(!keysOnly)));
        last.ifPresent(key -> {
            ByteString userKey = Space.userKey(key);
            response.setMore(true).setNext(descending ? userKey : Space.after(userKey));
        });
        return response.build();
    }

    /**
     * How far a page goes.
     *
     * @param limit most rows
     * @param bytes most bytes, though one row always fits
     * @param descending from the end backwards
     */
    record PageBound(int limit, int bytes, boolean descending) {
        boolean follows(Key key, Key last) {
            int order = key.compareTo(last);
            return descending ? order < 0 : order > 0;
        }
    }
}
