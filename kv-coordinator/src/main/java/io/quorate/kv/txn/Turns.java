package io.quorate.kv.txn;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Runs those whose turn has come after a wait: granted latches, repeated handlers, woken watchers. So
 * their work is not done by whoever ended the wait, which is mostly the Raft thread.
 *
 * <p>Its queue is bounded by its sources, each of which bounds its waiters and hands one over at most
 * once: {@link Latches#MAX_WAITERS}, the calls in progress, the watch's waiters. Safe for any thread.
 */
public final class Turns implements Executor, AutoCloseable {
    private final ThreadPoolExecutor threads;

    public Turns(int size, ThreadFactory factory) {
        // After close the last stragglers run on the thread that ends their wait.
        threads = new ThreadPoolExecutor(size, size, 0, TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(), factory, (task, closed) -> task.run());
    }

    @Override
    public void execute(Runnable turn) {
        threads.execute(turn);
    }

    /** Those whose turn has come and who wait for a thread. */
    public int queued() {
        return threads.getQueue().size();
    }

    /** Ends after the turns that have come. */
    @Override
    public void close() {
        threads.shutdown();
    }
}
