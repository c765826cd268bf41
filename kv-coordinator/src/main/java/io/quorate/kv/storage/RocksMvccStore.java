package io.quorate.kv.storage;

import io.quorate.kv.Key;
import io.quorate.kv.KvException;
import io.quorate.kv.KvFailure;
import io.quorate.kv.RetryId;
import io.quorate.kv.Scan;
import io.quorate.kv.ScanPage;
import io.quorate.kv.Versioned;
import io.quorate.kv.command.RetryRecord;
import io.quorate.kv.mvcc.AppliedState;
import io.quorate.kv.mvcc.EntryChanges;
import io.quorate.kv.mvcc.GcCursor;
import io.quorate.kv.mvcc.MvccEngine;
import io.quorate.kv.mvcc.UnreadableStateException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One group's multi-version state in RocksDB, laid out as {@link RowLayout} says.
 *
 * <p>What is written is durable once {@link #flush} has returned, or RocksDB has flushed by itself;
 * until then the Raft log holds it. Every write carries the applied index in its batch, so after a
 * crash the state is that of some applied index, wholly.
 *
 * <p>Readers keep the database they began on open. Any failure of a read, a write or a flush poisons
 * the store; one in the background is noticed by the {@value #WRITES_BETWEEN_CHECKS}th write after it
 * or by the next batch of garbage collection.
 */
public final class RocksMvccStore implements MvccEngine {
    private static final Logger LOG = LoggerFactory.getLogger(RocksMvccStore.class);
    private static final int WRITES_BETWEEN_CHECKS = 64;

    private final RocksResources resources;
    private final StateDirectory directory;
    private final RowReader reader;
    private final HistoryCollector collector = new HistoryCollector();
    private final BatchWriter batches = new BatchWriter();
    /** Held by whoever writes: the applying thread, a batch of garbage collection, a restore. */
    private final ReentrantLock writing = new ReentrantLock();

    private int writes;

    private volatile RocksHandle handle;
    private volatile AppliedState applied;
    private volatile @Nullable KvFailure failure;

    private RocksMvccStore(RocksResources resources, Path path) throws IOException {
        this.resources = resources;
        this.directory = StateDirectory.open(path);
        this.reader = new RowReader(resources);
        OpenedState opened = OpenedState.open(resources, directory.current());
        this.handle = opened.handle();
        this.applied = opened.applied();
    }

    /**
     * Opens a group's state, which begins empty.
     *
     * @throws IOException if it cannot be opened, or a newer version wrote it
     */
    public static RocksMvccStore open(RocksResources resources, Path directory) throws IOException {
        return new RocksMvccStore(resources, directory);
    }

    @Override
    public AppliedState applied() {
        return applied;
    }

    @Override
    public Optional<Versioned> getLatest(Key key) {
        RocksHandle held = acquire();
        try {
            return Optional.ofNullable(reader.latest(held, held.read, key));
        } catch (RocksDBException unreadable) {
            throw poison(unreadable);
        } finally {
            held.release();
        }
    }

    @Override
    public Optional<Versioned> getLatestCached(Key key) throws NotCachedException {
        RocksHandle held = acquire();
        try {
            return Optional.ofNullable(reader.latest(held, held.readCached, key));
        } catch (RocksDBException unreadable) {
            throw notCachedOrPoison(unreadable);
        } finally {
            held.release();
        }
    }

    @Override
    public ScanPage scanLatest(Scan scan) {
        RocksHandle held = acquire();
        try {
            return LatestScan.page(held, scan, false);
        } catch (RocksDBException unreadable) {
            throw poison(unreadable);
        } finally {
            held.release();
        }
    }

    @Override
    public ScanPage scanLatestCached(Scan scan) throws NotCachedException {
        RocksHandle held = acquire();
        try {
            return LatestScan.page(held, scan, true);
        } catch (RocksDBException unreadable) {
            throw notCachedOrPoison(unreadable);
        } finally {
            held.release();
        }
    }

    @Override
    public Optional<Versioned> getAt(Key key, long timestamp) {
        try {
            return get(key, new HistoryReader.Moment(timestamp, false));
        } catch (RocksDBException unreadable) {
            throw poison(unreadable);
        }
    }

    @Override
    public Optional<Versioned> getAtCached(Key key, long timestamp) throws NotCachedException {
        try {
            return get(key, new HistoryReader.Moment(timestamp, true));
        } catch (RocksDBException unreadable) {
            throw notCachedOrPoison(unreadable);
        }
    }

    private Optional<Versioned> get(Key key, HistoryReader.Moment moment)
            throws RocksDBException {
        RocksHandle held = acquire();
        try {
            Optional<Versioned> row = Optional
                    .ofNullable(HistoryReader.get(held, reader, moment, key));
            requireReadable(moment.timestamp());
            return row;
        } finally {
            held.release();
        }
    }

    @Override
    public ScanPage scanAt(Scan scan, long timestamp) {
        try {
            return page(scan, new HistoryReader.Moment(timestamp, false));
        } catch (RocksDBException unreadable) {
            throw poison(unreadable);
        }
    }

    @Override
    public ScanPage scanAtCached(Scan scan, long timestamp) throws NotCachedException {
        try {
            return page(scan, new HistoryReader.Moment(timestamp, true));
        } catch (RocksDBException unreadable) {
            throw notCachedOrPoison(unreadable);
        }
    }

    private ScanPage page(Scan scan, HistoryReader.Moment moment) throws RocksDBException {
        RocksHandle held = acquire();
        try {
            ScanPage page = HistoryReader.page(held, scan, moment);
            requireReadable(moment.timestamp());
            return page;
        } finally {
            held.release();
        }
    }

    @Override
    public Optional<RetryRecord> retryRecord(int route, RetryId id) {
        RocksHandle held = acquire();
        try {
            return Optional.ofNullable(reader.retryRecord(held, held.read, route, id));
        } catch (RocksDBException unreadable) {
            throw poison(unreadable);
        } finally {
            held.release();
        }
    }

    @Override
    public Optional<RetryRecord> retryRecordCached(int route, RetryId id)
            throws NotCachedException {
        RocksHandle held = acquire();
        try {
            return Optional.ofNullable(reader.retryRecord(held, held.readCached, route, id));
        } catch (RocksDBException unreadable) {
            throw notCachedOrPoison(unreadable);
        } finally {
            held.release();
        }
    }

    @Override
    public void write(EntryChanges changes) {
        writing.lock();
        try {
            requireHealthy();
            RocksHandle current = handle;
            if (++writes % WRITES_BETWEEN_CHECKS == 0) {
                current.requireNoBackgroundError();
            }
            current.db.write(current.write, batches.fill(changes));
            applied = changes.state();
        } catch (RocksDBException unwritten) {
            throw poison(unwritten);
        } finally {
            writing.unlock();
        }
    }

    @Override
    public Collected collect(GcCursor cursor, int maxRows) {
        AppliedState horizon = applied;
        RocksHandle held = acquire();
        try {
            held.requireNoBackgroundError();
            HistoryCollector.Found found = collector.find(held, cursor, horizon, maxRows);
            delete(held, found);
            return new Collected(found.next(), found.count());
        } catch (RocksDBException failed) {
            throw poison(failed);
        } finally {
            held.release();
        }
    }

    @Override
    public long flush() throws IOException {
        RocksHandle held = acquire();
        try {
            long index = applied.index();
            held.flush();
            requireHealthy();
            return index;
        } catch (RocksDBException unflushed) {
            throw poison(unflushed);
        } finally {
            held.release();
        }
    }

    @Override
    public long checkpoint(Path target) throws IOException {
        RocksHandle held = acquire();
        try {
            return CheckpointFiles.write(resources, held, target).index();
        } catch (RocksDBException failed) {
            throw poison(failed);
        } finally {
            held.release();
        }
    }

    @Override
    public void restore(Path checkpoint) throws IOException {
        writing.lock();
        try {
            requireHealthy();
            OpenedState opened = openAdopted(checkpoint);
            directory.switchToAdopted();
            RocksHandle old = handle;
            handle = opened.handle();
            applied = opened.applied();
            old.deleteOnClose();
            old.release();
        } finally {
            writing.unlock();
        }
    }

    private OpenedState openAdopted(Path checkpoint) throws UnreadableStateException {
        try {
            return OpenedState.open(resources, directory.adopt(checkpoint));
        } catch (IOException unreadable) {
            throw new UnreadableStateException(unreadable);
        }
    }

    @Override
    public void close() {
        writing.lock();
        try {
            if (failure == null) {
                failure = new KvFailure.Poisoned("the store is closed");
                batches.close();
                handle.release();
            }
        } finally {
            writing.unlock();
        }
    }

    private void delete(RocksHandle held, HistoryCollector.Found found) throws RocksDBException {
        if (found.count() == 0) {
            return;
        }
        writing.lock();
        try {
            requireHealthy();
            // A restore may have replaced the state since; then there is nothing to collect.
            if (held == handle) {
                collector.delete(held, found);
            }
        } finally {
            writing.unlock();
        }
    }

    /** The database in force, kept open for the caller until it releases it. */
    private RocksHandle acquire() {
        while (true) {
            requireHealthy();
            RocksHandle current = handle;
            if (current.retain()) {
                return current;
            }
        }
    }

    /**
     * Called after the rows were read: the safe point is published before collection acts on it, so
     * what was read above it now was not collected then.
     */
    private void requireReadable(long timestamp) {
        if (timestamp < applied.safePoint()) {
            throw new KvFailure.ReadTooOld().asException();
        }
    }

    private void requireHealthy() {
        KvFailure known = failure;
        if (known != null) {
            throw known.asException();
        }
    }

    private KvException notCachedOrPoison(RocksDBException thrown) throws NotCachedException {
        if (RocksFailures.isNotCached(thrown)) {
            throw new NotCachedException();
        }
        return poison(thrown);
    }

    private KvException poison(RocksDBException thrown) {
        KvException typed = RocksFailures.typed(thrown);
        failed(typed.failure(), thrown);
        return typed;
    }

    private synchronized void failed(KvFailure first, Throwable cause) {
        if (failure == null) {
            failure = first;
            LOG.error("store poisoned failure={}", first, cause);
        }
    }
}
