package io.quorate.kv.peer.service;

import io.quorate.kv.Key;
import io.quorate.kv.KeyRange;
import io.quorate.kv.LeaderView;
import io.quorate.kv.Mutation;
import io.quorate.kv.Scan;
import io.quorate.kv.ScanPage;
import io.quorate.kv.Transaction;
import io.quorate.kv.Value;
import io.quorate.kv.Versioned;
import io.quorate.kv.keyspace.KeyEncoder;
import io.quorate.kv.peer.service.FoundPage.PageBound;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The stored rows as one run of a transaction sees them: under what it wrote so far. Not thread-safe. */
final class TxnState {
    private final LeaderView view;
    private final NavigableMap<Key, Optional<Value>> written = new TreeMap<>();
    private final List<Mutation> mutations = new ArrayList<>();

    TxnState(LeaderView view) {
        this.view = view;
    }

    Optional<Found> get(Key key) {
        Optional<Value> own = written.get(key);
        if (own != null) {
            return own.map(value -> new Found(key, value, Versioned.ABSENT));
        }
        return view.get(key).map(Found::of);
    }

    FoundPage page(KeyRange range, PageBound bound) {
        ScanPage stored = view
                .scan(new Scan(range, bound.limit(), bound.bytes(), bound.descending()));
        return written.isEmpty()
                ? FoundPage.of(stored)
                : FoundPage.under(written.subMap(range.start(), range.end()), stored, bound);
    }

    void put(Key key, Value value) {
        written.put(key, Optional.of(value));
        mutations.add(new Mutation.Put(key, value));
    }

    /** Whether there was a row. */
    boolean delete(Key key) {
        boolean existed = get(key).isPresent();
        if (existed) {
            written.put(key, Optional.empty());
            mutations.add(new Mutation.Delete(key));
        }
        return existed;
    }

    /** Removes the first rows of a range and returns them. */
    FoundPage deleteRange(KeyRange range, PageBound bound) {
        FoundPage page = page(range, bound);
        if (!page.rows().isEmpty()) {
            Key end = page.last().map(KeyEncoder::immediatelyAfter).orElse(range.end());
            mutations.add(new Mutation.DeleteRange(new KeyRange(range.start(), end)));
            page.rows().forEach(row -> written.put(row.key(), Optional.empty()));
        }
        return page;
    }

    /** What is to be committed. */
    Transaction transaction() {
        return mutations.isEmpty()
                ? Transaction.nothing()
                : new Transaction(List.of(), mutations);
    }
}
