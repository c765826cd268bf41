package io.quorate.kv.txn;

import io.quorate.kv.raft.Wait;
import org.jspecify.annotations.Nullable;

/**
 * Which wait of a call with several stages is the present one, so that a cancel reaches it. A stage may
 * end, and the next one begin, before the first one's wait is known here: late news of an earlier stage
 * is ignored. Safe for any thread.
 */
public final class Stages {
    private int entered;
    private @Nullable Wait current;
    private boolean cancelled;

    /** A stage begins; returns its number. */
    public synchronized int enter() {
        current = null;
        return ++entered;
    }

    /** Names the wait of a stage. */
    public void waits(int stage, Wait wait) {
        synchronized (this) {
            if (stage != entered) {
                return;
            }
            if (!cancelled) {
                current = wait;
                return;
            }
        }
        wait.cancel();
    }

    /** Cancels the present stage, or the next one as it begins. */
    public void cancel() {
        Wait wait;
        synchronized (this) {
            cancelled = true;
            wait = current;
            current = null;
        }
        if (wait != null) {
            wait.cancel();
        }
    }

    /** Whether the caller has left. */
    public synchronized boolean isCancelled() {
        return cancelled;
    }
}
