package io.quorate.kv.raft.hazelcast;

import com.hazelcast.cp.internal.raft.impl.RaftNodeImpl;
import com.hazelcast.cp.internal.raft.impl.log.RaftLog;
import com.hazelcast.cp.internal.raft.impl.log.SnapshotEntry;
import com.hazelcast.cp.internal.raft.impl.state.RaftGroupMembers;
import com.hazelcast.cp.internal.raft.impl.state.RaftState;
import io.quorate.kv.raft.log.GroupLog;

/**
 * Keeps the engine's memory bounded by bytes: when the ring is half full the state machine is flushed in the background,
 * and what it then holds durably becomes the log's base. Beyond the bound proposals are refused until that is done.
 */
final class SnapshotTaker {
    /** This part of the ring's places stays for slow followers after a flush. */
    private static final int KEPT_SHARE = 8;

    private final GroupSetup setup;
    private final RaftSettings.Ring bounds;
    private final GroupLog disk;
    private final RingMeter ring;
    private final Admission admission;
    private boolean flushing;
    private boolean wanted;
    private long flushedUpTo;

    SnapshotTaker(GroupSetup setup, RingMeter ring, Admission admission) {
        this.setup = setup;
        this.bounds = setup.settings().ring();
        this.disk = setup.log();
        this.ring = ring;
        this.admission = admission;
    }

    /** Asks for a snapshot though the ring is small: old segments of the disk's log wait for it. */
    void want() {
        wanted = true;
    }

    /** Starts a flush if it is time; called after every task. */
    void check(GroupHost host) {
        admission.ringIsFull(ring.bytes() >= bounds.bytes() || ring.count() >= bounds.entries());
        boolean halfFull = ring.bytes() >= bounds.bytes() / 2
                || ring.count() >= bounds.entries() / 2;
        if (flushing || !(halfFull || wanted) || host.raft().state().lastApplied() <= flushedUpTo) {
            return;
        }
        flushing = true;
        wanted = false;
        setup.background().execute(() -> flush(host));
    }

    private void flush(GroupHost host) {
        try {
            long index = setup.machine().flush();
            host.executor().execute(() -> host.run(() -> flushed(host.raft(), index)));
        } catch (Exception | Error failure) {
            host.executor().execute(() -> host.run(() -> host.poison(failure)));
        }
    }

    private void flushed(RaftNodeImpl raft, long machineIndex) {
        flushing = false;
        RaftState state = raft.state();
        long index = Math.min(machineIndex, state.lastApplied());
        flushedUpTo = Math.max(flushedUpTo, index);
        RaftGroupMembers members = state.committedGroupMembers();
        if (members.index() > index) {
            wanted = true;
        } else if (index > state.log().snapshotIndex()) {
            moveBase(state.log(), index, members);
        }
    }

    private void moveBase(RaftLog log, long index, RaftGroupMembers members) {
        long firstByCount = index + 1 - bounds.entries() / KEPT_SHARE;
        long firstByBytes = ring.firstThatFits(index, bounds.keepAfterFlush());
        long firstKept = Math.max(ring.firstIndex(), Math.max(firstByCount, firstByBytes));
        log.setSnapshot(
                new SnapshotEntry(log.getLogEntry(index).term(), index, EngineNode.SNAPSHOT_STATE,
                        members.index(), members.members()),
                firstKept - 1);
        ring.releasedUpTo(firstKept - 1);
        log.flush();
        disk.releaseBefore(index + 1);
    }
}
