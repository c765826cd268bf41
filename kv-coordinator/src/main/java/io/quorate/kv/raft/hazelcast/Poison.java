package io.quorate.kv.raft.hazelcast;

import io.quorate.kv.KvException;
import io.quorate.kv.KvFailure;
import io.quorate.kv.raft.RaftFailure;
import io.quorate.kv.raft.log.LogFailure;
import io.quorate.kv.raft.log.RaftLogException;

/**
 * Why a group stopped.
 *
 * @param cause    what was thrown
 * @param diskFull whether a full disk was behind it
 */
record Poison(Throwable cause, boolean diskFull) {
    /** How deep a chain of causes is looked at. */
    private static final int CAUSES = 8;

    static Poison of(Throwable cause) {
        Throwable at = cause;
        for (int depth = 0; at != null && depth < CAUSES; depth++) {
            if (saysDiskFull(at)) {
                return new Poison(cause, true);
            }
            at = at.getCause();
        }
        return new Poison(cause, false);
    }

    /** The log says so in its own words, the state machine in those of {@code kv}. */
    private static boolean saysDiskFull(Throwable thrown) {
        return (thrown instanceof RaftLogException log
                && log.failure() instanceof LogFailure.DiskFull)
                || (thrown instanceof KvException state
                        && state.failure() instanceof KvFailure.DiskFull);
    }

    /** Whether this member was removed, which is no defect. */
    boolean isRemoval() {
        return cause instanceof MemberRemovedException;
    }

    RaftFailure.Poisoned toFailure() {
        if (isRemoval()) {
            return new RaftFailure.Poisoned("this member was removed from its group", false);
        }
        return new RaftFailure.Poisoned(
                "the group stopped after " + cause.getClass().getSimpleName(), diskFull);
    }
}
