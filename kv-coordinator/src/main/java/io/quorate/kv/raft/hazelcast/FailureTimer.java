package io.quorate.kv.raft.hazelcast;

import com.hazelcast.cp.internal.raft.impl.RaftEndpoint;
import com.hazelcast.cp.internal.raft.impl.RaftNodeImpl;
import com.hazelcast.cp.internal.raft.impl.RaftRole;
import com.hazelcast.cp.internal.raft.impl.dto.AppendRequest;
import com.hazelcast.cp.internal.raft.impl.dto.PreVoteRequest;
import com.hazelcast.cp.internal.raft.impl.log.LogEntry;
import com.hazelcast.cp.internal.raft.impl.state.FollowerState;
import com.hazelcast.cp.internal.raft.impl.state.RaftState;
import com.hazelcast.cp.internal.raft.impl.task.LeaderElectionTask;
import io.quorate.kv.raft.hazelcast.wire.RaftMessage;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The host's own failure detection, because the engine's looks at its leader only every election timeout plus up to a
 * second. A follower that hears nothing for one to two election timeouts asks for pre-votes; a leader speaks to
 * followers whose last append is unanswered, which the engine would leave in silence during its back-off.
 */
final class FailureTimer {
    /** Matches no request's flow control number, and is not the engine's wildcard either. */
    private static final long NO_SEQUENCE = Long.MIN_VALUE;

    private final RaftSettings.Timing timing;
    private final RandomGenerator random;
    private final Outbox outbox;
    private long roundStarted;
    private long patience;
    private long lastBeat;

    FailureTimer(RaftSettings.Timing timing, RandomGenerator random, Outbox outbox) {
        this.timing = timing;
        this.random = random;
        this.outbox = outbox;
        newRound();
    }

    /** How often {@link #tick} is to be called. */
    long periodMillis() {
        return Math.max(1, timing.heartbeat().toMillis() / 2);
    }

    void tick(RaftNodeImpl raft) {
        RaftState state = raft.state();
        if (state.role() == RaftRole.LEADER) {
            beat(state);
        } else if (state.isKnownMember(state.localEndpoint())) {
            doubt(raft, state);
        }
        SoloDriver.elect(raft);
    }

    private void doubt(RaftNodeImpl raft, RaftState state) {
        if (state.leader() != null) {
            long silent = MonotonicHazelcastClock.now() - raft.lastAppendEntriesTimestamp();
            if (silent < patience || !raft.isHeartbeatTimedOut()) {
                roundStarted = MonotonicHazelcastClock.now();
                return;
            }
            raft.leader(null);
            askForPreVotes(state);
        } else if (MonotonicHazelcastClock.now() - roundStarted >= patience) {
            askAgain(raft, state);
        }
    }

    private void askAgain(RaftNodeImpl raft, RaftState state) {
        if (state.role() == RaftRole.CANDIDATE) {
            newRound();
            new LeaderElectionTask(raft, false).run();
        } else {
            askForPreVotes(state);
        }
    }

    /** Not by the engine's task: each of those would start a chain of retries of its own. */
    private void askForPreVotes(RaftState state) {
        newRound();
        state.initPreCandidateState();
        RaftMessage question = new RaftMessage.PreVoteAsked(
                new PreVoteRequest(state.localEndpoint(),
                        state.term() + 1, state.log().lastLogOrSnapshotTerm(),
                        state.log().lastLogOrSnapshotIndex()));
        for (RaftEndpoint voter : state.remoteMembers()) {
            outbox.send(question, voter);
        }
    }

    private void newRound() {
        long election = timing.election().toMillis();
        roundStarted = MonotonicHazelcastClock.now();
        patience = election + random.nextLong(election);
    }

    /**
     * An append without entries that starts from nothing: it proves the leader's life, matches any log, moves no index
     * on either side, and its answer counts for the leader's quorum check.
     */
    private void beat(RaftState state) {
        long now = MonotonicHazelcastClock.now();
        if (now - lastBeat < timing.heartbeat().toMillis()) {
            return;
        }
        lastBeat = now;
        AppendRequest life = new AppendRequest(state.localEndpoint(), state.term(), 0, 0, 0,
                new LogEntry[0], 0,
                NO_SEQUENCE);
        for (Map.Entry<RaftEndpoint, FollowerState> follower : state.leaderState()
                .getFollowerStates().entrySet()) {
            if (follower.getValue().isAppendRequestBackoffSet()) {
                outbox.send(life, follower.getKey());
            }
        }
    }
}
