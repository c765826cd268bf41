package io.quorate.kv.raft;

import java.util.Optional;

/** What the group knows about a proposal that did not succeed. */
public sealed interface RaftFailure {
    /**
     * This member does not lead in that term; not appended.
     *
     * @param leader the leader's node id, if known
     */
    record NotLeader(Optional<String> leader) implements RaftFailure {}

    /** Leadership is being handed over; not appended. */
    record LeadershipTransferInProgress() implements RaftFailure {}

    /**
     * A bound was reached; not appended.
     *
     * @param bound the bound, by name
     */
    record Overloaded(String bound) implements RaftFailure {}

    /**
     * That data directory was a member and was removed; it never comes back. Not appended.
     *
     * @param nodeId the name it had
     */
    record MemberWasRemoved(String nodeId) implements RaftFailure {}

    /** The entry may have been appended and may be committed, now or later. */
    record OutcomeUnknown() implements RaftFailure {}

    /**
     * The group stopped after a failure; not appended by this call.
     *
     * @param reason one sentence without secrets
     * @param diskFull whether the disk being full was the cause
     */
    record Poisoned(String reason, boolean diskFull) implements RaftFailure {}
}
