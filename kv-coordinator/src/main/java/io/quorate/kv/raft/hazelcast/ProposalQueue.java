package io.quorate.kv.raft.hazelcast;

import com.hazelcast.cp.internal.raft.impl.RaftNodeImpl;
import com.hazelcast.cp.internal.raft.impl.RaftRole;
import com.hazelcast.cp.internal.raft.impl.log.LogEntry;
import com.hazelcast.cp.internal.raft.impl.log.RaftLog;
import com.hazelcast.cp.internal.raft.impl.state.RaftState;
import io.quorate.kv.raft.RaftFailure;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Proposals between their callers and the log. Any thread adds, bounded by {@link Admission}; the group's thread takes
 * all that wait, appends them and sends once. Up to the append every refusal is definite, from then on none is.
 */
final class ProposalQueue {
    /** Proposals appended in one go, so that messages and timers get their turn. */
    private static final int BATCH = 1_024;

    private final ConcurrentLinkedQueue<Proposal> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean drainQueued = new AtomicBoolean();
    private final PendingProposals pending;

    ProposalQueue(PendingProposals pending) {
        this.pending = pending;
    }

    /** Adds a proposal; true if the caller must see to it that {@link #drain} runs. */
    boolean add(Proposal proposal) {
        waiting.add(proposal);
        return drainQueued.compareAndSet(false, true);
    }

    /** Appends what waits; true if more waits and this must run again. */
    boolean drain(RaftNodeImpl raft, boolean transferring) {
        drainQueued.set(false);
        int appended = 0;
        Proposal next = null;
        for (int taken = 0; taken < BATCH && (next = waiting.poll()) != null; taken++) {
            RaftFailure refusal = refuse(raft, next, transferring);
            if (refusal == null) {
                append(raft.state(), next);
                appended++;
            } else {
                next.failed(refusal);
            }
        }
        if (appended > 0) {
            raft.broadcastAppendRequest();
        }
        return next != null && drainQueued.compareAndSet(false, true);
    }

    /** Refuses all that wait: they were not appended. */
    void refuseAll(RaftFailure failure) {
        Proposal next = waiting.poll();
        while (next != null) {
            next.failed(failure);
            next = waiting.poll();
        }
    }

    private static @Nullable RaftFailure refuse(RaftNodeImpl raft, Proposal proposal,
            boolean transferring) {
        RaftState state = raft.state();
        if (state.role() != RaftRole.LEADER || state.term() != proposal.term()) {
            return new RaftFailure.NotLeader(MemberNames.of(state.leader()));
        }
        if (transferring) {
            return new RaftFailure.LeadershipTransferInProgress();
        }
        if (!raft.canReplicateNewEntry(proposal.command())) {
            return raft.isTerminatedOrSteppedDown()
                    ? new RaftFailure.NotLeader(Optional.empty())
                    : new RaftFailure.Overloaded("raft.uncommitted-entries");
        }
        return state.log().checkAvailableCapacity(1)
                ? null
                : new RaftFailure.Overloaded("raft.ring-entries");
    }

    private void append(RaftState state, Proposal proposal) {
        RaftLog log = state.log();
        long index = log.lastLogOrSnapshotIndex() + 1;
        pending.appended(index, proposal);
        log.appendEntries(new LogEntry(state.term(), index, proposal.command()));
    }
}
