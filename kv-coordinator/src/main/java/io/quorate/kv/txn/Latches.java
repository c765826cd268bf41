package io.quorate.kv.txn;

import io.quorate.kv.Deadline;
import io.quorate.kv.Key;
import io.quorate.kv.KvFailure;
import io.quorate.kv.raft.DeadlineTimer;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Serialises the transactions of one group that name the same key, in order of arrival, so that
 * contended keys queue instead of aborting each other (the scheduler's latches of TiKV).
 *
 * <p>Keys are latched one after another in key order, so no cycle of waiters can form. Nobody blocks a
 * thread: a free latch is granted on the caller's thread, a contended one later on {@code turns}. A
 * waiter leaves its queue in O(1) when its deadline passes or it is abandoned.
 *
 * <p>Latches are a matter of fairness and throughput only: correctness rests on the versions each
 * transaction names. Safe for any thread.
 */
public final class Latches {
    /** Most waiters of one key; beyond, {@link KvFailure.Overloaded}. */
    public static final int MAX_WAITERS_PER_KEY = 8_192;
    /** Most waiters of all keys; beyond, {@link KvFailure.Overloaded}. */
    public static final int MAX_WAITERS = 65_536;
    private static final int STRIPES = 256;

    private final Stripe[] stripes = new Stripe[STRIPES];
    private final AtomicInteger waiting = new AtomicInteger();
    private final Executor turns;
    private final DeadlineTimer timer;

    /**
     * Makes the latches of one group.
     *
     * @param turns runs those who had to wait; it must accept {@link #MAX_WAITERS} tasks
     * @param timer ends waits
     */
    public Latches(Executor turns, DeadlineTimer timer) {
        this.turns = turns;
        this.timer = timer;
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new Stripe();
        }
    }

    /**
     * Takes all the keys' latches or queues for them. The turn comes exactly once, before this method
     * returns if every latch is free.
     *
     * @param keys in any order, repeats allowed
     */
    public LatchHold acquire(Collection<Key> keys, Deadline deadline, Turn turn) {
        LatchHold hold = new LatchHold(this, sorted(keys), deadline, turn);
        hold.advance(true);
        return hold;
    }

    /** How many callers wait now. */
    public int waiters() {
        return waiting.get();
    }

    /** Gets the latches, or not. */
    public interface Turn {
        /** All latches are held until {@link LatchHold#release()}. */
        void granted(LatchHold hold);

        /** They will not be: the deadline passed or too many wait. */
        void refused(KvFailure failure);
    }

    enum Step {
        TAKEN, QUEUED, OVERLOADED
    }

    Step takeOrQueue(LatchHold hold, Key key) {
        Stripe stripe = stripeOf(key);
        synchronized (stripe) {
            Latch latch = stripe.latches.get(key);
            if (latch == null) {
                stripe.latches.put(key, new Latch(stripe));
                return Step.TAKEN;
            }
            if (latch.waiting >= MAX_WAITERS_PER_KEY || waiting.get() >= MAX_WAITERS
                    || !hold.startTimer()) {
                return Step.OVERLOADED;
            }
            waiting.incrementAndGet();
            latch.append(hold);
            return Step.QUEUED;
        }
    }

    /** Takes the claim out of the queue it stands in; false if it stands in none. */
    boolean unlink(LatchHold hold) {
        Latch latch = hold.queuedAt;
        if (latch == null) {
            return false;
        }
        synchronized (latch.stripe) {
            if (hold.queuedAt != latch) {
                return false;
            }
            latch.remove(hold);
            waiting.decrementAndGet();
            return true;
        }
    }

    /** Frees a key's latch; returns the next holder, if somebody waits. */
    @Nullable
    LatchHold handOver(Key key) {
        Stripe stripe = stripeOf(key);
        synchronized (stripe) {
            Latch latch = stripe.latches.get(key);
            if (latch == null) {
                throw new IllegalStateException("not latched: " + key);
            }
            LatchHold next = latch.first;
            if (next == null) {
                stripe.latches.remove(key);
                return null;
            }
            latch.remove(next);
            waiting.decrementAndGet();
            return next;
        }
    }

    Executor turns() {
        return turns;
    }

    DeadlineTimer timer() {
        return timer;
    }

    private Stripe stripeOf(Key key) {
        int hash = key.hashCode() * 0x9E3779B9;
        return stripes[hash >>> 24];
    }

    private static Key[] sorted(Collection<Key> keys) {
        if (keys.size() == 1) {
            return new Key[]{keys.iterator().next()};
        }
        return keys.stream().sorted().distinct().toArray(Key[]::new);
    }

    private static final class Stripe {
        final Map<Key, Latch> latches = new HashMap<>();
    }

    /** A latch that somebody holds, and who waits for it, oldest first. Guarded by its stripe. */
    static final class Latch {
        private final Stripe stripe;
        private @Nullable LatchHold first;
        private @Nullable LatchHold last;
        private int waiting;

        private Latch(Stripe stripe) {
            this.stripe = stripe;
        }

        private void append(LatchHold hold) {
            hold.queuedAt = this;
            hold.previous = last;
            if (last == null) {
                first = hold;
            } else {
                last.next = hold;
            }
            last = hold;
            waiting++;
        }

        private void remove(LatchHold hold) {
            if (hold.previous == null) {
                first = hold.next;
            } else {
                hold.previous.next = hold.next;
            }
            if (hold.next == null) {
                last = hold.previous;
            } else {
                hold.next.previous = hold.previous;
            }
            hold.previous = null;
            hold.next = null;
            hold.queuedAt = null;
            waiting--;
        }
    }
}
