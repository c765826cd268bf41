package io.quorate.kv.raft.hazelcast.wire;

import com.hazelcast.cp.internal.raft.impl.dto.AppendRequest;
import com.hazelcast.cp.internal.raft.impl.dto.AppendSuccessResponse;
import com.hazelcast.cp.internal.raft.impl.dto.PreVoteRequest;
import com.hazelcast.cp.internal.raft.impl.dto.PreVoteResponse;
import com.hazelcast.cp.internal.raft.impl.dto.TriggerLeaderElection;
import com.hazelcast.cp.internal.raft.impl.dto.VoteRequest;
import com.hazelcast.cp.internal.raft.impl.dto.VoteResponse;

/** One message between two members of a group: the engine's own, some with what the host adds, and the host's. */
public sealed interface RaftMessage {
    /** Would the receiver vote? */
    record PreVoteAsked(PreVoteRequest request) implements RaftMessage {}

    /** The answer. */
    record PreVoteAnswered(PreVoteResponse response) implements RaftMessage {}

    /** Asks for a vote. */
    record VoteAsked(VoteRequest request) implements RaftMessage {}

    /** The answer. */
    record VoteAnswered(VoteResponse response) implements RaftMessage {}

    /** Entries, or none: then it is a heartbeat. */
    record Append(AppendRequest request) implements RaftMessage {}

    /** Entries are on the follower's disk. */
    record AppendAccepted(AppendSuccessResponse response) implements RaftMessage {}

    /**
     * The follower cannot append there.
     *
     * @param follower          who
     * @param term              its term
     * @param expectedNextIndex the index the request started from
     * @param sequence          the request's flow control number
     * @param lastIndex         the last index of the follower's log, from which the leader may go on at once
     */
    record AppendRejected(RaftMember follower, int term, long expectedNextIndex, long sequence,
            long lastIndex)
            implements
                RaftMessage {}

    /**
     * What the follower lacks is gone from the leader's log: fetch a checkpoint that covers at least {@code index}.
     *
     * @param leader    who says so
     * @param term      its term
     * @param index     the leader's log starts after it
     * @param indexTerm the term of the entry there
     */
    record SnapshotOffered(RaftMember leader, int term, long index,
            int indexTerm) implements RaftMessage {}

    /** Start an election now: leadership is handed over. */
    record ElectionTriggered(TriggerLeaderElection request) implements RaftMessage {}

    /** Is this term still yours? */
    record ConfirmAsked(long term, long round) implements RaftMessage {}

    /** It was when the question came. */
    record ConfirmAnswered(long term, long round) implements RaftMessage {}
}
