package io.quorate.kv.txn;

import io.quorate.kv.Deadline;
import io.quorate.kv.Key;
import io.quorate.kv.KvFailure;
import io.quorate.kv.raft.Expiry;
import io.quorate.kv.raft.Wait;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One caller's claim on a set of latches: pending, then either held until released, or given up.
 *
 * <p>Exactly one thread moves a pending claim forward: the caller, or whoever took it out of a queue.
 * Giving up wins or loses by one compare-and-set, and the loser cleans up.
 */
public final class LatchHold extends Expiry implements Wait {
    private enum State {
        PENDING, HELD, GIVEN_UP, RELEASED
    }

    private final Latches latches;
    private final Key[] keys;
    private final Deadline deadline;
    private final Latches.Turn turn;
    private final AtomicReference<State> state = new AtomicReference<>(State.PENDING);
    private int taken;
    private boolean timed;

    /** The queue this claim stands in, and its neighbours there; written under the key's stripe. */
    volatile Latches.@Nullable Latch queuedAt;
    @Nullable
    LatchHold previous;
    @Nullable
    LatchHold next;

    LatchHold(Latches latches, Key[] keys, Deadline deadline, Latches.Turn turn) {
        this.latches = latches;
        this.keys = keys;
        this.deadline = deadline;
        this.turn = turn;
    }

    /** Frees the latches; later calls do nothing. */
    public void release() {
        if (state.compareAndSet(State.HELD, State.RELEASED)) {
            handOver();
        }
    }

    /** Leaves the queue if the turn has not come; the turn never comes then. */
    @Override
    public Left cancel() {
        if (!state.compareAndSet(State.PENDING, State.GIVEN_UP)) {
            return Left.ENDED;
        }
        leaveQueue();
        return Left.REMOVED;
    }

    void advance(boolean onCallersThread) {
        while (taken < keys.length) {
            switch (latches.takeOrQueue(this, keys[taken])) {
                case TAKEN -> taken++;
                case QUEUED -> {
                    queued();
                    return;
                }
                case OVERLOADED -> {
                    overloaded(onCallersThread);
                    return;
                }
            }
        }
        if (state.compareAndSet(State.PENDING, State.HELD)) {
            latches.timer().cancel(this);
            run(() -> turn.granted(this), onCallersThread);
        } else {
            handOver();
        }
    }

    /** The queue let this claim through; it has one more latch. */
    private void proceed() {
        taken++;
        advance(false);
    }

    /** Sees to it that the wait ends; false if the timer is full. Called before a queue is joined. */
    boolean startTimer() {
        if (!timed) {
            timed = latches.timer().schedule(this, deadline.nanoTime());
        }
        return timed;
    }

    private void queued() {
        // Who gives up marks the state first and looks for a queue second; here it is the other way
        // round, so one of the two sees the other.
        if (state.get() == State.GIVEN_UP) {
            leaveQueue();
        }
    }

    @Override
    protected void expired() {
        if (state.compareAndSet(State.PENDING, State.GIVEN_UP)) {
            leaveQueue();
            run(() -> turn.refused(new KvFailure.DeadlineExceeded()), false);
        }
    }

    private void overloaded(boolean onCallersThread) {
        boolean undecided = state.compareAndSet(State.PENDING, State.GIVEN_UP);
        handOver();
        if (undecided) {
            latches.timer().cancel(this);
            run(() -> turn.refused(new KvFailure.Overloaded("latch-waiters")), onCallersThread);
        }
    }

    private void leaveQueue() {
        latches.timer().cancel(this);
        // Not in a queue: its turn there came, and whoever moves the claim forward cleans up.
        if (latches.unlink(this)) {
            handOver();
        }
    }

    private void handOver() {
        while (taken > 0) {
            taken--;
            LatchHold successor = latches.handOver(keys[taken]);
            if (successor != null) {
                successor.proceed();
            }
        }
    }

    private void run(Runnable outcome, boolean onCallersThread) {
        if (onCallersThread) {
            outcome.run();
        } else {
            latches.turns().execute(outcome);
        }
    }
}
