package io.quorate.kv.raft.hazelcast;

import io.quorate.kv.raft.RaftGroup.Registration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Actions that wait for an index to be applied. Any thread registers and removes; the group's thread fires.
 *
 * <p>
 * Removing only clears the waiter: its empty husk leaves the queue when its index is applied, or when husks outnumber
 * the living, so both are O(1) (amortised) and the queue never holds more than twice what waits.
 */
final class AppliedWaiters {
    private static final Logger log = LoggerFactory.getLogger(AppliedWaiters.class);
    private static final int SWEEP_ABOVE = 64;

    private final PriorityQueue<Waiter> queue = new PriorityQueue<>(
            Comparator.comparingLong(Waiter::index));
    private int husks;
    private volatile long applied;
    private volatile long lowest = Long.MAX_VALUE;

    private final class Waiter implements Registration {
        private final long index;
        private final AtomicReference<@Nullable Runnable> action;

        Waiter(long index, Runnable action) {
            this.index = index;
            this.action = new AtomicReference<>(action);
        }

        long index() {
            return index;
        }

        @Override
        public void remove() {
            if (action.getAndSet(null) != null) {
                removed();
            }
        }

        boolean isHusk() {
            return action.get() == null;
        }

        /** Fires on the caller's thread; if it is queued, a husk stays behind. */
        void fireEarly() {
            Runnable taken = action.getAndSet(null);
            if (taken != null) {
                removed();
                runSafely(taken);
            }
        }

        void fire() {
            Runnable taken = action.getAndSet(null);
            if (taken != null) {
                runSafely(taken);
            }
        }
    }

    long applied() {
        return applied;
    }

    Registration add(long index, Runnable action) {
        Waiter waiter = new Waiter(index, action);
        if (index > applied) {
            synchronized (queue) {
                queue.add(waiter);
                lowest = queue.element().index();
            }
        }
        if (index <= applied) {
            // looked at again after the waiter was made visible: advance() looks in the other order, so one of us sees it
            waiter.fireEarly();
        }
        return waiter;
    }

    /** Publishes the applied index and runs what waited for it. */
    void advance(long index) {
        applied = index;
        while (lowest <= index) {
            Waiter next;
            synchronized (queue) {
                next = queue.peek();
                if (next == null || next.index() > index) {
                    return;
                }
                queue.remove();
                husks = Math.max(0, next.isHusk() ? husks - 1 : husks);
                lowest = queue.isEmpty() ? Long.MAX_VALUE : queue.element().index();
            }
            next.fire();
        }
    }

    /** How many wait, husks included. */
    int size() {
        synchronized (queue) {
            return queue.size();
        }
    }

    private void removed() {
        synchronized (queue) {
            husks++;
            if (husks > SWEEP_ABOVE && husks > queue.size() / 2) {
                queue.removeIf(Waiter::isHusk);
                husks = 0;
                lowest = queue.isEmpty() ? Long.MAX_VALUE : queue.element().index();
            }
        }
    }

    private static void runSafely(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException defect) {
            log.error("applied-index waiter threw", defect);
        }
    }
}
