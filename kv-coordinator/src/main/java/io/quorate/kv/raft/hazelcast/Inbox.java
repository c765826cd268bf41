package io.quorate.kv.raft.hazelcast;

import com.hazelcast.cp.internal.raft.impl.RaftNodeImpl;
import com.hazelcast.cp.internal.raft.impl.RaftRole;
import com.hazelcast.cp.internal.raft.impl.dto.AppendFailureResponse;
import com.hazelcast.cp.internal.raft.impl.dto.AppendRequest;
import com.hazelcast.cp.internal.raft.impl.dto.AppendSuccessResponse;
import com.hazelcast.cp.internal.raft.impl.dto.PreVoteResponse;
import com.hazelcast.cp.internal.raft.impl.handler.AppendFailureResponseHandlerTask;
import com.hazelcast.cp.internal.raft.impl.handler.AppendRequestHandlerTask;
import com.hazelcast.cp.internal.raft.impl.handler.AppendSuccessResponseHandlerTask;
import com.hazelcast.cp.internal.raft.impl.handler.PreVoteRequestHandlerTask;
import com.hazelcast.cp.internal.raft.impl.handler.PreVoteResponseHandlerTask;
import com.hazelcast.cp.internal.raft.impl.handler.TriggerLeaderElectionHandlerTask;
import com.hazelcast.cp.internal.raft.impl.handler.VoteRequestHandlerTask;
import com.hazelcast.cp.internal.raft.impl.handler.VoteResponseHandlerTask;
import com.hazelcast.cp.internal.raft.impl.log.LogEntry;
import com.hazelcast.cp.internal.raft.impl.state.FollowerState;
import com.hazelcast.cp.internal.raft.impl.state.RaftState;
import io.quorate.kv.raft.hazelcast.wire.RaftMessage;
import java.util.Arrays;

/** Hands messages to the engine, after the checks that the engine itself lacks. */
final class Inbox {
    private final RaftNodeImpl raft;
    private final RaftState state;
    private long ackOffset;

    Inbox(RaftNodeImpl raft) {
        this.raft = raft;
        this.state = raft.state();
    }

    void handle(RaftMessage message) {
        switch (message) {
            case RaftMessage.PreVoteAsked asked ->
                new PreVoteRequestHandlerTask(raft, asked.request()).run();
            case RaftMessage.PreVoteAnswered answered -> {
                if (isVoter()) {
                    learnTerm(answered.response());
                    new PreVoteResponseHandlerTask(raft, answered.response()).run();
                }
            }
            case RaftMessage.VoteAsked asked ->
                new VoteRequestHandlerTask(raft, asked.request()).run();
            case RaftMessage.VoteAnswered answered -> {
                if (isVoter()) {
                    new VoteResponseHandlerTask(raft, answered.response()).run();
                }
            }
            case RaftMessage.Append append -> handleAppend(append.request());
            case RaftMessage.AppendAccepted accepted -> handleAck(accepted.response());
            case RaftMessage.AppendRejected rejected -> handleRejection(rejected);
            case RaftMessage.ElectionTriggered triggered -> {
                if (isVoter()) {
                    new TriggerLeaderElectionHandlerTask(raft, triggered.request()).run();
                }
            }
            case RaftMessage.SnapshotOffered offered ->
                throw new IllegalStateException("not for the engine");
            case RaftMessage.ConfirmAsked asked ->
                throw new IllegalStateException("not for this thread");
            case RaftMessage.ConfirmAnswered answered ->
                throw new IllegalStateException("not for this thread");
        }
    }

    /**
     * A voter of a later term refuses whoever asks for an earlier one and says which it is in. The engine does not
     * listen: a member whose log is longer and whose term is lower than that of all others who are there would be
     * refused for ever, and refuse them. A refusal because of the log names the term that was asked for, which is no
     * voter's yet and not to be taken.
     */
    private void learnTerm(PreVoteResponse response) {
        if (!response.granted() && state.leader() == null
                && response.term() > state.term() + 1) {
            raft.toFollower(response.term());
        }
    }

    /** Rule 7: a member outside its own last configuration neither asks for votes nor counts them. */
    private boolean isVoter() {
        return state.isKnownMember(state.localEndpoint());
    }

    /** Rule 1: the engine takes an earlier term's acknowledgement for one of this term's. */
    private void handleAck(AppendSuccessResponse response) {
        if (response.term() == state.term()) {
            new AppendSuccessResponseHandlerTask(raft, response).run();
        }
    }

    /**
     * Rule 1 for refusals; one from a later term is no acknowledgement but the news that a later term exists. Rule 8:
     * the leader goes on from the follower's last index instead of one index a round trip.
     */
    private void handleRejection(RaftMessage.AppendRejected rejected) {
        if (rejected.term() < state.term()) {
            return;
        }
        if (rejected.term() == state.term() && state.role() == RaftRole.LEADER
                && state.isKnownMember(rejected.follower())) {
            FollowerState follower = state.leaderState().getFollowerState(rejected.follower());
            long next = Math.max(rejected.lastIndex(), follower.matchIndex()) + 1;
            if (next < follower.nextIndex()) {
                jump(follower, next, rejected);
                return;
            }
        }
        new AppendFailureResponseHandlerTask(raft,
                new AppendFailureResponse(rejected.follower(), rejected.term(),
                        rejected.expectedNextIndex(), rejected.sequence()))
                .run();
    }

    private void jump(FollowerState follower, long next, RaftMessage.AppendRejected rejected) {
        boolean answersTheLast = follower.appendRequestAckReceived(rejected.sequence());
        if (answersTheLast) {
            follower.nextIndex(next);
            raft.sendAppendRequest(rejected.follower());
        }
    }

    private void handleAppend(AppendRequest request) {
        AppendRequest trimmed = trim(request);
        try {
            new AppendRequestHandlerTask(raft, trimmed).run();
        } finally {
            ackOffset = 0;
        }
    }

    /** What is to be added to the index that the engine acknowledges for the append it is handling. */
    long ackOffset() {
        return ackOffset;
    }

    /**
     * Leaves out what is committed here already: it is the same on every leader of this or a later term, and the
     * engine fails on requests that reach below what it keeps in memory.
     *
     * <p>
     * The engine also refuses a request that starts right after its snapshot when its log goes on behind it, for ever
     * if that tail conflicts. Such a request is shown to it as if it started from nothing, and the acknowledgement is
     * moved back to where it really starts; the next heartbeat brings the commit index.
     */
    private AppendRequest trim(AppendRequest request) {
        long committed = state.commitIndex();
        if (request.term() < state.term() || request.prevLogIndex() > committed || committed == 0
                || isHeartbeatFromNothing(request)) {
            return request;
        }
        LogEntry[] entries = request.entries();
        int known = (int) Math.min(entries.length, committed - request.prevLogIndex());
        LogEntry[] news = Arrays.copyOfRange(entries, known, entries.length);
        boolean isVisible = state.log().containsLogEntry(committed)
                || state.log().lastLogOrSnapshotIndex() == committed;
        if (!isVisible) {
            ackOffset = committed;
        }
        return new AppendRequest(request.leader(), request.term(),
                isVisible ? committedTerm(committed) : 0,
                isVisible ? committed : 0, isVisible ? request.leaderCommitIndex() : 0, news,
                request.queryRound(),
                request.flowControlSequenceNumber());
    }

    private static boolean isHeartbeatFromNothing(AppendRequest request) {
        return request.entryCount() == 0 && request.prevLogIndex() == 0;
    }

    private int committedTerm(long committed) {
        return committed == state.log().snapshotIndex()
                ? state.log().snapshot().term()
                : state.log().getLogEntry(committed).term();
    }
}
