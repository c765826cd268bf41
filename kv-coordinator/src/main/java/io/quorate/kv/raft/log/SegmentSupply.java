package io.quorate.kv.raft.log;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Holds one prepared segment ready, so that the writer does not wait for a whole file of zeros. */
final class SegmentSupply {

    /** How long the writer waits for a segment before it takes the disk for broken. */
    private static final long WAIT_SECONDS_MAX = 60;
    private static final int GROWTH = 4;

    private final SegmentStore store;
    private final LogSettings settings;
    private final boolean background;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long sequence;
    private long capacity;
    private boolean taken = true;
    private boolean nudged;
    private @Nullable ActiveSegment prepared;
    private @Nullable IOException failure;

    /** @param background whether some thread calls {@link #prepare}; otherwise {@link #take} does so itself */
    SegmentSupply(SegmentStore store, long lastSequence, boolean background) {
        this.store = store;
        this.settings = store.context().settings();
        this.background = background;
        this.sequence = lastSequence;
        this.capacity = settings.firstSegmentBytes();
    }

    /** Makes the next segment if there is none. A full disk is remembered and tried again by the next call. */
    void prepare() throws IOException {
        lock.lock();
        try {
            if (!taken) {
                return;
            }
            failure = null;
        } finally {
            lock.unlock();
        }
        ActiveSegment made = null;
        IOException failed = null;
        try {
            made = store.create(sequence + 1, capacity);
        } catch (IOException e) {
            failed = e;
        }
        publish(made, failed);
        if (failed != null && !(failed instanceof OutOfSpaceException)) {
            throw failed;
        }
    }

    private void publish(@Nullable ActiveSegment made, @Nullable IOException failed) {
        lock.lock();
        try {
            prepared = made;
            failure = failed;
            if (made != null) {
                taken = false;
                sequence++;
                capacity = Math.min(capacity * GROWTH, settings.segmentBytes());
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The next segment; waits for it if it is not ready. Called by one thread at a time. */
    ActiveSegment take() throws IOException {
        if (!background) {
            prepare();
        }
        lock.lock();
        try {
            long patience = TimeUnit.SECONDS.toNanos(WAIT_SECONDS_MAX);
            while (prepared == null && failure == null && patience > 0) {
                patience = changed.awaitNanos(patience);
            }
            if (prepared == null) {
                throw failure != null
                        ? failure
                        : new IOException("no segment within " + WAIT_SECONDS_MAX + " s");
            }
            ActiveSegment next = prepared;
            prepared = null;
            taken = true;
            nudged = true;
            changed.signalAll();
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for a segment", e);
        } finally {
            lock.unlock();
        }
    }

    /** Wakes {@link #awaitWork}. */
    void nudge() {
        lock.lock();
        try {
            nudged = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until a segment was taken or somebody nudged: true; false when {@code nanos} passed without. */
    boolean awaitWork(long nanos) throws InterruptedException {
        lock.lock();
        try {
            long patience = nanos;
            while (!nudged && patience > 0) {
                patience = changed.awaitNanos(patience);
            }
            boolean work = nudged;
            nudged = false;
            return work;
        } finally {
            lock.unlock();
        }
    }

    /** Gives up the prepared segment's file handle; the file stays and is thrown away at the next open. */
    void close() throws IOException {
        lock.lock();
        try {
            if (prepared != null) {
                prepared.file().close();
                prepared = null;
            }
        } finally {
            lock.unlock();
        }
    }
}
