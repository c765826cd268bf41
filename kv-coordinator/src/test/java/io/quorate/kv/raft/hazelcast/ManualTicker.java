package io.quorate.kv.raft.hazelcast;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Time that a test turns by hand, and everything that is due in it. One thread; what falls on the same instant runs in
 * the order in which it was scheduled.
 */
public final class ManualTicker implements LongSupplier {
    /** A run that needs more events than this has gone astray. */
    private static final long EVENTS_MAX = 50_000_000;

    private record Event(long at, long order, Runnable action) {}

    private final PriorityQueue<Event> events = new PriorityQueue<>(
            Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
    private long now;
    private long order;

    /** Starts at the given nanoseconds. */
    public ManualTicker(long startNanos) {
        this.now = startNanos;
    }

    @Override
    public long getAsLong() {
        return now;
    }

    /** Has the action run when time has come that far. */
    public void schedule(Runnable action, Duration delay) {
        events.add(new Event(now + Math.max(0, delay.toNanos()), order++, action));
    }

    /** Time is that much later at once; what was due meanwhile runs when time is turned next. */
    public void jump(Duration ahead) {
        now += ahead.toNanos();
    }

    /** Turns time and runs what falls due. */
    public void advance(Duration duration) {
        runUntil(() -> false, duration);
    }

    /** Turns time until the condition holds, at most that far; says whether it holds. */
    public boolean runUntil(BooleanSupplier condition, Duration limit) {
        long end = now + limit.toNanos();
        for (long count = 0; count < EVENTS_MAX; count++) {
            if (condition.getAsBoolean()) {
                return true;
            }
            Event next = events.peek();
            if (next == null || next.at() > end) {
                now = end;
                return condition.getAsBoolean();
            }
            events.remove();
            now = Math.max(now, next.at());
            next.action().run();
        }
        throw new IllegalStateException("more than " + EVENTS_MAX + " events");
    }
}
