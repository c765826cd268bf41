package io.quorate.kv;

import java.time.Duration;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * An absolute moment on the JVM's monotonic clock after which nobody waits any more.
 *
 * <p>Immutable. The outermost room makes one per request and puts it into the Reactor Context; the
 * ports of this package read it once; below them it is an argument.
 *
 * @param nanoTime the moment, on the scale of {@link System#nanoTime()}
 */
public record Deadline(long nanoTime) {
    /** The longest deadline that can be made. */
    public static final Duration MAX = Duration.ofHours(1);

    /** A deadline this far from now. Zero or negative durations make one that has passed. */
    public static Deadline after(Duration duration) {
        Duration bounded = duration.compareTo(MAX) > 0 ? MAX : duration;
        return new Deadline(System.nanoTime() + bounded.toNanos());
    }

    /** Nanoseconds left; negative once it has passed. */
    public long remainingNanos() {
        return nanoTime - System.nanoTime();
    }

    /** Time left; zero once it has passed. */
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, remainingNanos()));
    }

    /** Whether it has passed. */
    public boolean hasPassed() {
        return remainingNanos() <= 0;
    }

    /** The earlier of this deadline and one this far from now. */
    public Deadline within(Duration duration) {
        Deadline other = after(duration);
        return other.nanoTime - nanoTime < 0 ? other : this;
    }

    /** Puts the deadline into a Reactor Context. */
    public Context into(Context context) {
        return context.put(Deadline.class, this);
    }

    /**
     * The deadline of a Reactor Context.
     *
     * @throws IllegalStateException if there is none: a missing deadline is a bug of the outer room
     */
    public static Deadline of(ContextView context) {
        if (context.<Object>getOrDefault(Deadline.class, null) instanceof Deadline deadline) {
            return deadline;
        }
        throw new IllegalStateException("no deadline in the Reactor Context");
    }
}
