package io.quorate.kv.txn;

import io.quorate.kv.Condition;
import io.quorate.kv.HybridTimestamp;
import io.quorate.kv.Key;
import io.quorate.kv.LeaderView;
import io.quorate.kv.RetryId;
import io.quorate.kv.Scan;
import io.quorate.kv.ScanFingerprint;
import io.quorate.kv.ScanPage;
import io.quorate.kv.Versioned;
import io.quorate.kv.clock.GroupTime;
import io.quorate.kv.command.RetryRecord;
import io.quorate.kv.mvcc.MvccEngine;
import io.quorate.kv.mvcc.MvccStore.NotCachedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads of the latest applied state that remember what they saw, so that a transaction can demand
 * that it is still so at its place in the log. A key read twice is the same both times.
 *
 * <p>In its cached form nothing touches the disk: a read that would have to throws
 * {@link CacheMissException}, and the reader begins anew with the other form. One run of one handler;
 * not thread-safe.
 */
public final class OptimisticReads implements LeaderView {
    private final MvccEngine store;
    private final GroupTime time;
    private final long term;
    private final boolean cachedOnly;
    private final Map<Key, Optional<Versioned>> rows = new HashMap<>(4);
    private final List<Condition> seen = new ArrayList<>(4);
    private boolean missed;

    private OptimisticReads(GroupReplica replica, boolean cachedOnly) {
        this.store = replica.store();
        this.time = replica.time();
        this.term = replica.group().leadership().term();
        this.cachedOnly = cachedOnly;
    }

    /** Reads that never touch the disk. */
    public static OptimisticReads cached(GroupReplica replica) {
        return new OptimisticReads(replica, true);
    }

    /** Reads that may block on the disk. */
    public static OptimisticReads blocking(GroupReplica replica) {
        return new OptimisticReads(replica, false);
    }

    @Override
    public Optional<Versioned> get(Key key) {
        Optional<Versioned> row = rows.get(key);
        if (row == null) {
            row = read(key);
            rows.put(key, row);
            seen.add(new Condition.VersionIs(key,
                    row.isPresent() ? row.get().version() : Versioned.ABSENT));
        }
        return row;
    }

    @Override
    public ScanPage scan(Scan scan) {
        ScanPage page = peek(scan);
        seen.add(new Condition.ScanUnchanged(scan, ScanFingerprint.of(page)));
        return page;
    }

    @Override
    public ScanPage peek(Scan scan) {
        if (!cachedOnly) {
            return store.scanLatest(scan);
        }
        try {
            return store.scanLatestCached(scan);
        } catch (NotCachedException e) {
            throw miss();
        }
    }

    @Override
    public Optional<Versioned> peek(Key key) {
        Optional<Versioned> row = rows.get(key);
        return row == null ? read(key) : row;
    }

    @Override
    public long term() {
        return term;
    }

    @Override
    public long nowMillis() {
        return time.nowMillis();
    }

    /** What was seen, as conditions that hold as long as nothing of it changes. */
    public List<Condition> conditions() {
        return seen;
    }

    /**
     * Whether all that was seen was the state of one moment, as it need be where nothing is going to
     * be validated at commit. Looks again, at the state after the last entry applied now: versions are
     * never used twice, so what it finds unchanged held there.
     */
    public boolean areOfOneMoment() {
        if (seen.size() < 2) {
            return true;
        }
        long moment = store.applied().lastStamp();
        try {
            for (Condition condition : seen) {
                if (!heldAt(moment, condition)) {
                    return false;
                }
            }
            return true;
        } catch (NotCachedException e) {
            throw miss();
        }
    }

    private Optional<Versioned> rowAt(Key key, long moment) throws NotCachedException {
        return cachedOnly ? store.getAtCached(key, moment) : store.getAt(key, moment);
    }

    private ScanPage pageAt(Scan scan, long moment) throws NotCachedException {
        return cachedOnly ? store.scanAtCached(scan, moment) : store.scanAt(scan, moment);
    }

    /** What an earlier command with the same id left on the route, within its window. */
    public Optional<RetryRecord> earlier(int route, RetryId id) {
        long now = HybridTimestamp.of(time.nowMillis(), 0);
        return record(route, id).filter(record -> !record.isExpiredAt(now));
    }

    private Optional<RetryRecord> record(int route, RetryId id) {
        if (!cachedOnly) {
            return store.retryRecord(route, id);
        }
        try {
            return store.retryRecordCached(route, id);
        } catch (NotCachedException e) {
            throw miss();
        }
    }

    /** Whether a read was refused; whatever was decided after that means nothing. */
    public boolean missed() {
        return missed;
    }

    private boolean heldAt(long moment, Condition condition) throws NotCachedException {
        return switch (condition) {
            case Condition.VersionIs(Key key, long version) -> rowAt(key, moment)
                    .map(Versioned::version).orElse(Versioned.ABSENT) == version;
            case Condition.ScanUnchanged(Scan scan, ScanFingerprint fingerprint) -> ScanFingerprint
                    .of(pageAt(scan, moment)).equals(fingerprint);
            case Condition.Exists exists -> throw neverSeen(exists);
            case Condition.ValueIs is -> throw neverSeen(is);
            case Condition.CommittedBefore before -> throw neverSeen(before);
        };
    }

    private static IllegalStateException neverSeen(Condition condition) {
        return new IllegalStateException("reads yield no such condition: " + condition);
    }

    private Optional<Versioned> read(Key key) {
        if (!cachedOnly) {
            return store.getLatest(key);
        }
        try {
            return store.getLatestCached(key);
        } catch (NotCachedException e) {
            throw miss();
        }
    }

    private CacheMissException miss() {
        missed = true;
        return new CacheMissException();
    }

    /** Ends a run that needs the disk. Has no stack trace. */
    public static final class CacheMissException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        CacheMissException() {
            super("not in the block cache", null, false, false);
        }
    }
}
