package io.quorate.kv.txn;

import io.quorate.kv.Deadline;
import io.quorate.kv.KvException;
import io.quorate.kv.KvFailure;
import io.quorate.kv.raft.DeadlineTimer;
import io.quorate.kv.raft.Expiry;
import io.quorate.kv.raft.Wait;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/**
 * Runs what may wait for the disk: a few platform threads (calls into the native store hold a virtual
 * thread's carrier) before a bounded queue. When that is full the caller gets
 * {@link KvFailure.Overloaded}; a caller whose deadline passes is answered then, even if its read is
 * in the middle of the disk. Safe for any thread.
 */
public final class ReadPool implements AutoCloseable {
    private final ThreadPoolExecutor threads;
    private final DeadlineTimer timer;

    /**
     * Starts no thread before it is needed.
     *
     * @param size most threads
     * @param queue most reads that wait for a thread
     * @param factory names the threads
     * @param timer ends waits
     */
    public ReadPool(int size, int queue, ThreadFactory factory, DeadlineTimer timer) {
        this.threads = new ThreadPoolExecutor(size, size, 60, TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(queue), factory);
        this.threads.allowCoreThreadTimeOut(true);
        this.timer = timer;
    }

    /** Gets what was read, or why not; called exactly once unless the wait is cancelled before. */
    public interface Callback<T> {
        /** On a thread of the pool. */
        void done(T result);

        /** A {@link KvException}, or what the read threw; on any thread. */
        void failed(Throwable failure);

        /** What was read after the wait had ended: for a reader that took something meanwhile. */
        default void dropped(T result) {}
    }

    /** Reads on a thread of the pool. */
    public <T> Wait read(Deadline deadline, Supplier<T> read, Callback<T> callback) {
        PooledRead<T> pooled = new PooledRead<>(read, callback);
        if (!timer.schedule(pooled, deadline.nanoTime())) {
            callback.failed(new KvFailure.Overloaded("deadline-timer").asException());
            return Wait.ENDED;
        }
        try {
            threads.execute(pooled);
        } catch (RejectedExecutionException full) {
            pooled.fail(new KvFailure.Overloaded("kv-read"));
        }
        return pooled;
    }

    /** {@link #read(Deadline, Supplier, Callback)} as a publisher; cancelling it drops the result. */
    public <T> Mono<T> read(Deadline deadline, Supplier<T> read) {
        return Mono.create(sink -> sink.onCancel(read(deadline, read, new Callback<T>() {
            @Override
            public void done(T result) {
                sink.success(result);
            }

            @Override
            public void failed(Throwable failure) {
                sink.error(failure);
            }
        })::cancel));
    }

    /** Reads that wait for a thread. */
    public int queued() {
        return threads.getQueue().size();
    }

    /** Threads that read now. */
    public int active() {
        return threads.getActiveCount();
    }

    /** Takes no more work; what runs ends. */
    @Override
    public void close() {
        threads.shutdown();
    }

    private enum Stage {
        WAITING, RUNNING, ENDED
    }

    private final class PooledRead<T> extends Expiry implements Runnable, Wait {
        private final Supplier<T> read;
        private final Callback<T> callback;
        private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.WAITING);

        PooledRead(Supplier<T> read, Callback<T> callback) {
            this.read = read;
            this.callback = callback;
        }

        @Override
        public void run() {
            if (!stage.compareAndSet(Stage.WAITING, Stage.RUNNING)) {
                return;
            }
            try {
                T result = read.get();
                if (end()) {
                    callback.done(result);
                } else {
                    callback.dropped(result);
                }
            } catch (RuntimeException | Error failure) {
                if (end()) {
                    callback.failed(failure);
                }
            }
        }

        void fail(KvFailure failure) {
            if (end()) {
                callback.failed(failure.asException());
            }
        }

        @Override
        protected void expired() {
            fail(new KvFailure.DeadlineExceeded());
        }

        @Override
        public Left cancel() {
            return end() ? Left.REMOVED : Left.ENDED;
        }

        private boolean end() {
            boolean first = stage.getAndSet(Stage.ENDED) != Stage.ENDED;
            if (first) {
                timer.cancel(this);
            }
            return first;
        }
    }
}
