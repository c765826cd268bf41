package io.quorate.kv.raft.hazelcast;

/**
 * What became of reinstalling by checkpoint, since this process opened the group.
 *
 * @param installed checkpoints that replaced this member's state
 * @param failed attempts to fetch or open one that failed
 * @param running whether this member's state is being replaced: begun, and not yet succeeded
 * @param stalled followers of this leader that answer and do not get on
 */
public record Reinstalls(long installed, long failed, boolean running, int stalled) {
    static final Reinstalls NONE = new Reinstalls(0, 0, false, 0);

    Reinstalls begun() {
        return new Reinstalls(installed, failed, true, stalled);
    }

    Reinstalls succeeded() {
        return new Reinstalls(installed + 1, failed, false, stalled);
    }

    Reinstalls notNeeded() {
        return new Reinstalls(installed, failed, false, stalled);
    }

    Reinstalls failedOnce() {
        return new Reinstalls(installed, failed + 1, running, stalled);
    }

    Reinstalls withStalled(int now) {
        return new Reinstalls(installed, failed, running, now);
    }
}
