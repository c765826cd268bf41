package io.quorate.kv.raft.hazelcast;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A group's platform thread. It takes all waiting tasks at once, so that a producer and it meet at the lock once per
 * batch and a running thread is never signalled.
 */
final class GroupThread implements GroupExecutor {
    private static final Logger log = LoggerFactory.getLogger(GroupThread.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final int inbox;
    private final ScheduledExecutorService timer;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private boolean parked;
    private volatile boolean closed;

    GroupThread(String name, int inbox, ScheduledExecutorService timer) {
        this.inbox = inbox;
        this.timer = timer;
        this.thread = Thread.ofPlatform().name(name).daemon(true).unstarted(this::run);
        thread.start();
    }

    @Override
    public void execute(Runnable task) {
        enqueue(task, Integer.MAX_VALUE);
    }

    @Override
    public boolean offer(Runnable task) {
        return enqueue(task, inbox);
    }

    private boolean enqueue(Runnable task, int bound) {
        lock.lock();
        try {
            if (closed || waiting.size() >= bound) {
                return false;
            }
            waiting.add(task);
            if (parked) {
                parked = false;
                arrived.signal();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void schedule(Runnable task, long delayMillis) {
        try {
            var unused = timer.schedule(() -> execute(task), delayMillis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException nodeIsStopping) {
            log.debug("timer refused thread={}", thread.getName(), nodeIsStopping);
        }
    }

    private void run() {
        ArrayDeque<Runnable> batch = new ArrayDeque<>();
        while (true) {
            lock.lock();
            try {
                while (waiting.isEmpty() && !closed) {
                    parked = true;
                    arrived.awaitUninterruptibly();
                }
                parked = false;
                if (closed) {
                    return;
                }
                ArrayDeque<Runnable> taken = waiting;
                waiting = batch;
                batch = taken;
            } finally {
                lock.unlock();
            }
            while (!batch.isEmpty() && !closed) {
                batch.poll().run();
            }
            batch.forEach(ControlTask::dropped);
            batch.clear();
        }
    }

    @Override
    public void close() {
        ArrayDeque<Runnable> dropped;
        lock.lock();
        try {
            closed = true;
            dropped = waiting;
            waiting = new ArrayDeque<>();
            arrived.signal();
        } finally {
            lock.unlock();
        }
        dropped.forEach(ControlTask::dropped);
        if (Thread.currentThread() != thread) {
            awaitEnd();
        }
    }

    private void awaitEnd() {
        try {
            if (!thread.join(CLOSE_TIMEOUT)) {
                throw new IllegalStateException(
                        thread.getName() + " still runs after " + CLOSE_TIMEOUT);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
