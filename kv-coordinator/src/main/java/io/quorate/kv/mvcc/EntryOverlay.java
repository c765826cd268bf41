package io.quorate.kv.mvcc;

import io.quorate.kv.Key;
import io.quorate.kv.RetryId;
import io.quorate.kv.Scan;
import io.quorate.kv.ScanPage;
import io.quorate.kv.Versioned;
import io.quorate.kv.command.RetryRecord;
import io.quorate.kv.command.RowChange;
import io.quorate.kv.command.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the commands of one entry see: the store, and over it the changes of the commands before.
 * Every row is read from the store at most once. Not thread-safe.
 */
final class EntryOverlay implements Snapshot {
    private final MvccEngine engine;
    private final Map<Key, Optional<Versioned>> read = new HashMap<>();
    private final NavigableMap<Key, Optional<Versioned>> changed = new TreeMap<>();
    private final Map<RetryId, EntryChanges.Retry> kept = new HashMap<>();
    private final List<EntryChanges.Row> rows = new ArrayList<>();

    EntryOverlay(MvccEngine engine) {
        this.engine = engine;
    }

    @Override
    public Optional<Versioned> get(Key key) {
        Optional<Versioned> row = read.get(key);
        if (row == null) {
            row = engine.getLatest(key);
            read.put(key, row);
        }
        return row;
    }

    @Override
    public ScanPage scan(Scan scan) {
        NavigableMap<Key, Optional<Versioned>> own = changed.subMap(scan.range().start(), true,
                scan.range().end(), false);
        return own.isEmpty() ? engine.scanLatest(scan) : OverlayScan.merge(engine, scan, own);
    }

    @Override
    public Optional<RetryRecord> retryRecord(int route, RetryId id) {
        EntryChanges.Retry own = kept.get(id);
        return own != null && own.route() == route
                ? Optional.of(own.record())
                : engine.retryRecord(route, id);
    }

    /** Adds what an applied command changes. */
    void add(List<RowChange> changes, long stamp) {
        for (RowChange change : changes) {
            Optional<Versioned> row = Optional.ofNullable(change.value())
                    .map(value -> new Versioned(change.key(), value, stamp));
            read.put(change.key(), row);
            changed.put(change.key(), row);
            rows.add(new EntryChanges.Row(change, stamp));
        }
    }

    /** Adds a retry record. */
    void keep(EntryChanges.Retry retry) {
        kept.put(retry.id(), retry);
    }

    List<EntryChanges.Row> rows() {
        return rows;
    }

    EntryChanges changes(AppliedState state) {
        return new EntryChanges(rows, List.copyOf(kept.values()), state);
    }
}
