package io.quorate.kv.raft;

import io.quorate.kv.Deadline;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Ends waits at their deadlines: one platform thread for every group of a node. Scheduling and
 * cancelling take constant time; the thread sleeps until the next deadline and does not tick while
 * there is none. An {@link Expiry} runs at most {@link #RESOLUTION} (and the operating system's
 * wake-up) after its moment, never before unless the timer is closed. Safe for any thread.
 */
public final class DeadlineTimer implements AutoCloseable {
    /** How late an expiry may run at most, by design. */
    public static final Duration RESOLUTION = Duration.ofMillis(4);
    /** How many waits may be pending at most, all groups together. */
    public static final int DEFAULT_CAPACITY = 1 << 20;

    private static final int SLOTS = 4096;

    private final LongSupplier ticker;
    private final DeadlineWheel wheel;
    private final Thread thread;
    /** Until which tick the thread sleeps; written by it alone. */
    private volatile long sleepsUntil;
    private volatile boolean closed;

    /** A timer on {@link System#nanoTime()}. */
    public DeadlineTimer(String name) {
        this(name, DEFAULT_CAPACITY, System::nanoTime);
    }

    /**
     * @param name of the thread
     * @param capacity how many waits may be pending at most
     * @param ticker monotonic nanoseconds on the scale of {@link Deadline#nanoTime()}
     */
    public DeadlineTimer(String name, int capacity, LongSupplier ticker) {
        this(capacity, ticker, Thread.ofPlatform().name(name).daemon(true));
        thread.start();
    }

    /** A timer whose thread is not started: somebody else calls {@link #turn()}. */
    DeadlineTimer(int capacity, LongSupplier ticker, Thread.Builder.OfPlatform threads) {
        this.ticker = ticker;
        this.wheel = new DeadlineWheel(SLOTS, RESOLUTION.toNanos(), ticker.getAsLong(), capacity);
        this.thread = threads.unstarted(this::run);
    }

    /** Runs the expiry once the moment has passed; false if the timer is full or closed. */
    public boolean schedule(Expiry expiry, long momentNanos) {
        long tick = closed ? DeadlineWheel.FULL : wheel.add(expiry, momentNanos);
        if (tick != DeadlineWheel.FULL && tick < sleepsUntil) {
            LockSupport.unpark(thread);
        }
        return tick != DeadlineWheel.FULL;
    }

    /** Takes an expiry back; false if it has run, is about to run, or never was scheduled. */
    public boolean cancel(Expiry expiry) {
        return wheel.remove(expiry);
    }

    /** Now, on the ticker. */
    public long nanoTime() {
        return ticker.getAsLong();
    }

    /** How many waits are pending. */
    public int pending() {
        return wheel.pending();
    }

    /**
     * Stops the thread, which runs what is still pending first, whatever its moment: waits that nobody
     * else has ended, such as a pause between two tries, end with the timer and are not forgotten.
     */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }

    private void run() {
        while (!closed) {
            turn();
            long next = wheel.nextTick();
            sleepsUntil = next;
            // Who schedules first adds, then reads sleepsUntil; so look again after writing it.
            if (wheel.nextTick() >= next && !closed) {
                sleep(next);
            }
        }
        wheel.expireAllAndShut();
    }

    /** Runs what has expired; called by the timer's thread, or by a test in its place. */
    void turn() {
        wheel.expire(ticker.getAsLong());
    }

    private void sleep(long tick) {
        if (tick == DeadlineWheel.NEVER) {
            LockSupport.park(this);
            return;
        }
        long nanos = wheel.momentOf(tick) - ticker.getAsLong();
        if (nanos > 0) {
            LockSupport.parkNanos(this, nanos);
        }
    }
}
