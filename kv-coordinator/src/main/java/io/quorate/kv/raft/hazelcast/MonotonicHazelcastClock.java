package io.quorate.kv.raft.hazelcast;

import com.hazelcast.internal.util.Clock;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The time Hazelcast sees: milliseconds that never go back and do not follow the wall clock, because the engine
 * measures heartbeats, vote stickiness and the leader's own quorum check with it. Hazelcast makes one by name, once per
 * JVM, when {@code -Dcom.hazelcast.clock.impl=io.quorate.kv.raft.hazelcast.MonotonicHazelcastClock} is set before its
 * classes load; {@link #requireInForce()} checks that it was. Safe for any thread.
 */
public final class MonotonicHazelcastClock extends Clock.ClockImpl {
    /** The system property that names the clock. */
    public static final String PROPERTY = "com.hazelcast.clock.impl";

    /** Zero means "never" to the engine, so time starts well above it. */
    private static final long ORIGIN_MILLIS = TimeUnit.DAYS.toMillis(1);
    private static final long START_NANOS = System.nanoTime();

    /** Static because Hazelcast, not we, makes and keeps the instance; only tests that turn time by hand set it. */
    private static volatile LongSupplier nanoTime = System::nanoTime;

    /** For Hazelcast. */
    public MonotonicHazelcastClock() {}

    @Override
    protected long currentTimeMillis() {
        return now();
    }

    /** The same time, for the host's own timers. */
    static long now() {
        return ORIGIN_MILLIS + TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong() - START_NANOS);
    }

    /** Lets a test turn time by hand; it must never go back. */
    static void driveBy(LongSupplier nanos) {
        nanoTime = nanos;
    }

    /**
     * Refuses to go on if Hazelcast runs on another clock.
     *
     * @throws IllegalStateException with what to set
     */
    public static void requireInForce() {
        long before = now();
        long engine = Clock.currentTimeMillis();
        long after = now();
        if (engine < before || engine > after) {
            throw new IllegalStateException(
                    "Hazelcast runs on the wall clock; start the JVM with -D" + PROPERTY + "="
                            + MonotonicHazelcastClock.class.getName() + " (it was "
                            + System.getProperty(PROPERTY, "not set") + ")");
        }
    }
}
