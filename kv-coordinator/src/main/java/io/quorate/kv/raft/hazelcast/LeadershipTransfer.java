package io.quorate.kv.raft.hazelcast;

import com.hazelcast.cp.internal.raft.impl.RaftNodeImpl;
import com.hazelcast.cp.internal.raft.impl.RaftRole;
import com.hazelcast.cp.internal.raft.impl.dto.TriggerLeaderElection;
import com.hazelcast.cp.internal.raft.impl.log.LogEntry;
import com.hazelcast.cp.internal.raft.impl.state.RaftState;
import io.quorate.kv.raft.RaftFailure;
import io.quorate.kv.raft.RaftGroup.ProposalCallback;
import io.quorate.kv.raft.hazelcast.wire.RaftMember;
import io.quorate.kv.raft.hazelcast.wire.RaftMessage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Hands leadership over: nothing more is appended, and once the target has everything it is told to start an election.
 * The engine's own transfer is not used: its retry task throws when the transfer ended in between, and stepping down
 * within the term during one breaks its assertions.
 */
final class LeadershipTransfer {
    /** Election timeouts after which it is given up. */
    private static final int PATIENCE = 5;

    private record Running(RaftMember target, int term, long deadline, ProposalCallback callback) {}

    private final RaftSettings.Timing timing;
    private final Outbox outbox;
    private @Nullable Running running;
    private long lastTrigger;

    LeadershipTransfer(RaftSettings.Timing timing, Outbox outbox) {
        this.timing = timing;
        this.outbox = outbox;
    }

    boolean isRunning() {
        return running != null;
    }

    void start(RaftNodeImpl raft, RaftMember target, ProposalCallback callback) {
        RaftState state = raft.state();
        if (state.role() != RaftRole.LEADER) {
            callback.failed(new RaftFailure.NotLeader(MemberNames.of(state.leader())));
        } else if (running != null) {
            callback.failed(new RaftFailure.LeadershipTransferInProgress());
        } else if (target.equals(state.localEndpoint())) {
            callback.committed(state.commitIndex(), target.nodeId());
        } else {
            running = new Running(target, state.term(),
                    MonotonicHazelcastClock.now() + PATIENCE * timing.election().toMillis(),
                    callback);
            lastTrigger = 0;
            drive(raft);
        }
    }

    /** Goes on, if one runs; called after every task. */
    void drive(RaftNodeImpl raft) {
        Running now = running;
        if (now == null) {
            return;
        }
        RaftState state = raft.state();
        if (state.role() != RaftRole.LEADER || state.term() != now.term()) {
            end(now, null, state);
        } else if (MonotonicHazelcastClock.now() >= now.deadline()
                || !state.isKnownMember(now.target())) {
            end(now, new RaftFailure.OutcomeUnknown(), state);
        } else {
            trigger(now, state);
        }
    }

    /** Ends it because the group stops. */
    void abandon() {
        Running now = running;
        running = null;
        if (now != null) {
            now.callback().failed(new RaftFailure.OutcomeUnknown());
        }
    }

    private void trigger(Running now, RaftState state) {
        LogEntry last = state.log().lastLogOrSnapshotEntry();
        long match = state.leaderState().getFollowerState(now.target()).matchIndex();
        long time = MonotonicHazelcastClock.now();
        if (match == last.index() && state.commitIndex() == last.index()
                && time - lastTrigger >= timing.heartbeat().toMillis()) {
            lastTrigger = time;
            outbox.send(new RaftMessage.ElectionTriggered(
                    new TriggerLeaderElection(state.localEndpoint(),
                            state.term(), last.term(), last.index())),
                    now.target());
        }
    }

    private void end(Running ended, @Nullable RaftFailure failure, RaftState state) {
        running = null;
        Optional<RaftFailure> why = Optional.ofNullable(failure);
        why.ifPresentOrElse(ended.callback()::failed,
                () -> ended.callback().committed(state.commitIndex(), ended.target().nodeId()));
    }
}
