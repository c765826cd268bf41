package io.quorate.kv.raft;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A hashed timing wheel (Varghese and Lauck, scheme 6): adding and removing take constant time and
 * a removed entry is unreachable at once. Adding and removing are safe for any thread;
 * {@link #expire} and {@link #nextTick} belong to the one thread that turns the wheel.
 */
final class DeadlineWheel {
    /** Returned by {@link #add} when the wheel is full or shut. */
    static final long FULL = -1;
    /** Returned by {@link #nextTick} when the wheel is empty. */
    static final long NEVER = Long.MAX_VALUE;

    private static final Logger LOG = LoggerFactory.getLogger(DeadlineWheel.class);

    private final Slot[] slots;
    private final long tickNanos;
    private final long originNanos;
    private final int capacity;
    private final AtomicInteger pending = new AtomicInteger();
    private volatile long turned;
    private volatile boolean shut;

    /**
     * @param slotCount a power of two
     * @param tickNanos the resolution
     * @param originNanos the moment now
     * @param capacity how many entries it holds at most
     */
    DeadlineWheel(int slotCount, long tickNanos, long originNanos, int capacity) {
        if (Integer.bitCount(slotCount) != 1 || tickNanos <= 0) {
            throw new IllegalArgumentException("slots " + slotCount + ", tick " + tickNanos);
        }
        this.slots = new Slot[slotCount];
        for (int i = 0; i < slotCount; i++) {
            slots[i] = new Slot();
        }
        this.tickNanos = tickNanos;
        this.originNanos = originNanos;
        this.capacity = capacity;
    }

    /** Adds an entry and returns the tick at which it expires, never before its moment; or FULL. */
    long add(Expiry expiry, long momentNanos) {
        if (pending.incrementAndGet() > capacity) {
            pending.decrementAndGet();
            return FULL;
        }
        long tick = Math.max(tickOf(momentNanos) + 1, turned + 1);
        while (!slotOf(tick).link(expiry, tick)) {
            if (shut) {
                pending.decrementAndGet();
                return FULL;
            }
            tick++;
        }
        return tick;
    }

    /** Removes an entry; false if it was not in the wheel (any more). */
    boolean remove(Expiry expiry) {
        Slot slot = expiry.slot;
        boolean removed = slot != null && slot.unlink(expiry);
        if (removed) {
            pending.decrementAndGet();
        }
        return removed;
    }

    /** Turns the wheel up to the moment and runs what has expired. */
    void expire(long nowNanos) {
        long last = tickOf(nowNanos);
        for (long tick = Math.max(turned + 1, last - slots.length + 1); tick <= last; tick++) {
            turned = tick;
            runAll(slotOf(tick).takeExpired(tick));
        }
    }

    /** Takes nothing more, and runs everything it holds; then it is of no more use. */
    void expireAllAndShut() {
        shut = true;
        for (Slot slot : slots) {
            // A slot that was walked for the last tick there is takes no entry any more.
            runAll(slot.takeExpired(Long.MAX_VALUE));
        }
    }

    private void runAll(@Nullable Expiry first) {
        Expiry expired = first;
        while (expired != null) {
            Expiry next = expired.nextExpired;
            expired.nextExpired = null;
            pending.decrementAndGet();
            run(expired);
            expired = next;
        }
    }

    /** One owner's bug must not keep the others waiting. */
    private static void run(Expiry expired) {
        try {
            expired.expired();
        } catch (RuntimeException e) {
            LOG.error("expiry failed", e);
        }
    }

    /** The next tick at which an entry may expire, or NEVER. */
    long nextTick() {
        long from = turned + 1;
        for (int i = 0; i < slots.length; i++) {
            if (slotOf(from + i).head != null) {
                return from + i;
            }
        }
        return NEVER;
    }

    /** When a tick is due. */
    long momentOf(long tick) {
        return originNanos + tick * tickNanos;
    }

    int pending() {
        return pending.get();
    }

    private long tickOf(long momentNanos) {
        return Math.floorDiv(momentNanos - originNanos, tickNanos);
    }

    private Slot slotOf(long tick) {
        return slots[(int) tick & slots.length - 1];
    }

    /** The entries of all ticks that are equal modulo the number of slots. */
    static final class Slot {
        volatile @Nullable Expiry head;
        private long walked = -1;

        /** False if this slot has already been walked for the tick. */
        synchronized boolean link(Expiry expiry, long tick) {
            if (walked >= tick) {
                return false;
            }
            if (expiry.slot != null) {
                throw new IllegalStateException("scheduled twice: " + expiry);
            }
            Expiry first = head;
            expiry.tick = tick;
            expiry.before = null;
            expiry.after = first;
            if (first != null) {
                first.before = expiry;
            }
            expiry.slot = this;
            head = expiry;
            return true;
        }

        synchronized boolean unlink(Expiry expiry) {
            if (expiry.slot != this) {
                return false;
            }
            Expiry before = expiry.before;
            Expiry after = expiry.after;
            if (before == null) {
                head = after;
            } else {
                before.after = after;
            }
            if (after != null) {
                after.before = before;
            }
            expiry.before = null;
            expiry.after = null;
            expiry.slot = null;
            return true;
        }

        synchronized @Nullable Expiry takeExpired(long tick) {
            walked = tick;
            Expiry expired = null;
            Expiry entry = head;
            while (entry != null) {
                Expiry after = entry.after;
                if (entry.tick <= tick) {
                    unlink(entry);
                    entry.nextExpired = expired;
                    expired = entry;
                }
                entry = after;
            }
            return expired;
        }
    }
}
