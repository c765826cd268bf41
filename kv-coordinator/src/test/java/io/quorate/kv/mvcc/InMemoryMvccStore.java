package io.quorate.kv.mvcc;

import io.quorate.kv.Key;
import io.quorate.kv.KvFailure;
import io.quorate.kv.RetryId;
import io.quorate.kv.Scan;
import io.quorate.kv.ScanPage;
import io.quorate.kv.Value;
import io.quorate.kv.Versioned;
import io.quorate.kv.command.RetryRecord;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The reference model: every version of every key in sorted maps, written down as plainly as possible.
 * Collects no garbage, so it can be asked what a store that does must still answer. Safe for any
 * thread by one lock. Has no medium: nothing is durable, and there are no checkpoints.
 */
public final class InMemoryMvccStore implements MvccEngine {
    private final NavigableMap<Key, NavigableMap<Long, Optional<Value>>> versions = new TreeMap<>();
    private final Map<Integer, Map<RetryId, RetryRecord>> retries = new HashMap<>();
    private AppliedState applied = AppliedState.NOTHING;

    @Override
    public synchronized AppliedState applied() {
        return applied;
    }

    @Override
    public synchronized void write(EntryChanges changes) {
        for (EntryChanges.Row row : changes.rows()) {
            versions.computeIfAbsent(row.change().key(), key -> new TreeMap<>())
                    .put(row.version(), Optional.ofNullable(row.change().value()));
        }
        for (EntryChanges.Retry retry : changes.retries()) {
            retries.computeIfAbsent(retry.route(), route -> new HashMap<>())
                    .put(retry.id(), retry.record());
        }
        applied = changes.state();
    }

    @Override
    public Optional<Versioned> getLatest(Key key) {
        return read(key, Long.MAX_VALUE);
    }

    @Override
    public Optional<Versioned> getLatestCached(Key key) {
        return getLatest(key);
    }

    @Override
    public ScanPage scanLatest(Scan scan) {
        return read(scan, Long.MAX_VALUE);
    }

    @Override
    public ScanPage scanLatestCached(Scan scan) {
        return scanLatest(scan);
    }

    @Override
    public Optional<Versioned> getAt(Key key, long timestamp) {
        requireReadable(timestamp);
        return read(key, timestamp);
    }

    @Override
    public ScanPage scanAt(Scan scan, long timestamp) {
        requireReadable(timestamp);
        return read(scan, timestamp);
    }

    @Override
    public Optional<Versioned> getAtCached(Key key, long timestamp) {
        return getAt(key, timestamp);
    }

    @Override
    public ScanPage scanAtCached(Scan scan, long timestamp) {
        return scanAt(scan, timestamp);
    }

    @Override
    public synchronized Optional<RetryRecord> retryRecord(int route, RetryId id) {
        return Optional.ofNullable(retries.getOrDefault(route, Map.of()).get(id));
    }

    @Override
    public Optional<RetryRecord> retryRecordCached(int route, RetryId id) {
        return retryRecord(route, id);
    }

    @Override
    public Collected collect(GcCursor cursor, int maxRows) {
        return new Collected(GcCursor.START, 0);
    }

    @Override
    public long flush() {
        return applied().index();
    }

    @Override
    public long checkpoint(Path directory) {
        throw new UnsupportedOperationException("the model has no files");
    }

    @Override
    public void restore(Path directory) {
        throw new UnsupportedOperationException("the model has no files");
    }

    @Override
    public void close() {}

    private synchronized Optional<Versioned> read(Key key, long timestamp) {
        NavigableMap<Long, Optional<Value>> ofKey = versions.get(key);
        Map.Entry<Long, Optional<Value>> newest = ofKey == null
                ? null
                : ofKey.floorEntry(timestamp);
        return newest == null
                ? Optional.empty()
                : newest.getValue().map(value -> new Versioned(key, value, newest.getKey()));
    }

    private synchronized ScanPage read(Scan scan, long timestamp) {
        NavigableMap<Key, NavigableMap<Long, Optional<Value>>> inRange = versions
                .subMap(scan.range().start(), true, scan.range().end(), false);
        PageBuilder page = new PageBuilder(scan);
        for (Key key : scan.descending() ? inRange.descendingKeySet() : inRange.keySet()) {
            Optional<Versioned> row = read(key, timestamp);
            if (row.isPresent() && !page.offer(row.get())) {
                break;
            }
        }
        return page.page();
    }

    private void requireReadable(long timestamp) {
        if (timestamp < applied().safePoint()) {
            throw new KvFailure.ReadTooOld().asException();
        }
    }
}
