package io.quorate.kv.raft.log;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds one prepared segment ready, so that the writer does not wait for a whole file of zeros. The thread that
 * prepares does nothing else: whoever waits in the group commit cannot help a writer that waits for a segment.
 */
final class SegmentSupply {

    /** How long the writer waits for a segment before it takes the disk for broken. */
    private static final long WAIT_SECONDS_MAX = 60;
    private static final int GROWTH = 4;
    /** How soon a full disk is tried again. */
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final Logger LOG = LoggerFactory.getLogger(SegmentSupply.class);

    private final SegmentStore store;
    private final LogSettings settings;
    private final boolean background;
    private final ReentrantLock lock = new ReentrantLock();
    /** Something for the writer; for whoever prepares; for the upkeep. */
    private final Condition ready = lock.newCondition();
    private final Condition retry = lock.newCondition();
    private final Condition work = lock.newCondition();
    private long sequence;
    private long capacity;
    private boolean taken = true;
    private boolean nudged;
    private boolean closed;
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

    /** Prepares one segment after the other until the log ends. */
    void run(LogHealth health) {
        try {
            while (health.refusal() == null) {
                prepare();
                awaitTaken();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            health.poison(e);
        } catch (IOException | RuntimeException e) {
            health.poison(e);
        }
    }

    private void awaitTaken() throws InterruptedException {
        lock.lock();
        try {
            long patience = RETRY_NANOS;
            while (!closed && (failure == null ? !taken : patience > 0)) {
                patience = retry.awaitNanos(failure == null ? RETRY_NANOS : patience);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Makes the next segment if there is none. A full disk is remembered and tried again by the next call. */
    void prepare() throws IOException {
        lock.lock();
        try {
            if (!taken || closed) {
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
        if (failed instanceof OutOfSpaceException) {
            LOG.warn("raft log cannot prepare a segment directory={} bytes={}",
                    store.context().directory(), capacity,
                    failed);
        } else if (failed != null) {
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
            ready.signalAll();
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
                patience = ready.awaitNanos(patience);
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
            retry.signalAll();
            work.signalAll();
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
            work.signalAll();
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
                patience = work.awaitNanos(patience);
            }
            boolean any = nudged;
            nudged = false;
            return any;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the waits of all but the writer. */
    void stop() {
        lock.lock();
        try {
            closed = true;
            nudged = true;
            retry.signalAll();
            work.signalAll();
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
