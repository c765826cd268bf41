package io.quorate.kv.raft;

import org.jspecify.annotations.Nullable;

/**
 * A ring of waiters around a sentinel: adding, removing and taking over a whole other list take
 * constant time, and a waiter leaves without knowing its list. Not safe for threads.
 */
final class WaiterList {
    private final VerifyWaiter ring;

    WaiterList(LeaderVerifier owner) {
        ring = new VerifyWaiter(owner, LeaderVerifier.Callback.NOBODY, false);
        ring.previous = ring;
        ring.next = ring;
    }

    boolean isEmpty() {
        return ring.next == ring;
    }

    void add(VerifyWaiter waiter) {
        VerifyWaiter last = neighbour(ring.previous);
        join(last, waiter);
        join(waiter, ring);
    }

    /** Takes all waiters of another list, which is empty then. */
    void takeAll(WaiterList other) {
        if (other.isEmpty()) {
            return;
        }
        VerifyWaiter first = neighbour(other.ring.next);
        VerifyWaiter last = neighbour(other.ring.previous);
        join(neighbour(ring.previous), first);
        join(last, ring);
        join(other.ring, other.ring);
    }

    /** Takes the first one out, or returns null. */
    @Nullable
    VerifyWaiter poll() {
        VerifyWaiter first = neighbour(ring.next);
        return remove(first) ? first : null;
    }

    /** Takes a waiter out of whatever list it is in; false if it is in none. */
    static boolean remove(VerifyWaiter waiter) {
        VerifyWaiter previous = waiter.previous;
        VerifyWaiter next = waiter.next;
        if (previous == null || next == null || previous == waiter) {
            return false;
        }
        join(previous, next);
        waiter.previous = null;
        waiter.next = null;
        return true;
    }

    private static void join(VerifyWaiter left, VerifyWaiter right) {
        left.next = right;
        right.previous = left;
    }

    private static VerifyWaiter neighbour(@Nullable VerifyWaiter waiter) {
        if (waiter == null) {
            throw new IllegalStateException("the ring is broken");
        }
        return waiter;
    }
}
