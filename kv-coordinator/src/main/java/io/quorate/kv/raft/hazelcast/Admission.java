package io.quorate.kv.raft.hazelcast;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Bounds what a leader has accepted and not yet answered, by count and bytes. Safe for any thread. */
final class Admission {
    private final RaftSettings.Window window;
    private final AtomicInteger proposals = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private volatile boolean ringIsFull;

    Admission(RaftSettings.Window window) {
        this.window = window;
    }

    /** The name of the bound that refuses a proposal of this size, or null after having counted it in. */
    @Nullable
    String refuse(int entryBytes) {
        if (ringIsFull) {
            return "raft.ring-bytes";
        }
        if (proposals.incrementAndGet() > window.proposals()) {
            proposals.decrementAndGet();
            return "raft.window-proposals";
        }
        if (bytes.addAndGet(entryBytes) > window.bytes() && bytes.get() > entryBytes) {
            release(entryBytes);
            return "raft.window-bytes";
        }
        return null;
    }

    void release(int entryBytes) {
        proposals.decrementAndGet();
        bytes.addAndGet(-entryBytes);
    }

    void ringIsFull(boolean full) {
        if (ringIsFull != full) {
            ringIsFull = full;
        }
    }
}
