package io.quorate.kv.raft;

/**
 * One Raft group as this node takes part in it. Safe for any thread; nothing here blocks.
 *
 * <p>Whatever engine is behind it must pass the conformance suite: an entry whose callback said
 * {@code committed} is applied exactly once on every member, in one order, and survives the loss of
 * any minority and of every power supply; a failure other than {@link RaftFailure.OutcomeUnknown}
 * means that the entry was not appended and never will be.
 */
public interface RaftGroup {
    /** The group's number on this cluster; 0 is the default group. */
    int groupId();

    /** This member's node id. */
    String self();

    /** What this member knows of the group's leadership, published by its Raft thread. */
    Leadership leadership();

    /**
     * Adds a listener that is told of every change of {@link #leadership()}, on the Raft thread, in
     * order. It must not block.
     */
    void onLeadershipChange(LeadershipListener listener);

    /**
     * Asks the leader, if it is this member, to append an entry in the given term. The callback is
     * called exactly once, on the Raft thread or (for a refusal) the caller's; it must not block.
     *
     * @param term the term the caller believes to lead in; another term refuses with NotLeader
     * @param entry the entry; ownership passes to the group
     */
    void propose(long term, byte[] entry, ProposalCallback callback);

    /** Highest index known to be committed. */
    long commitIndex();

    /** Highest index applied to this member's state machine. */
    long appliedIndex();

    /**
     * Runs the action once {@link #appliedIndex()} has reached the index, at once if it has; on the
     * caller's or the Raft thread. Returns a handle that removes it again in O(1).
     */
    Registration whenApplied(long index, Runnable action);

    /** Sends {@code Confirm} messages and hears their answers; needs neither Raft thread nor disk. */
    ConfirmChannel confirms();

    /** Hands leadership to another member; proposals are refused until it is done or has failed. */
    void transferLeadership(String target, ProposalCallback callback);

    /** Told what became of a proposal. */
    interface ProposalCallback {
        /**
         * The entry was committed and applied.
         *
         * @param index its log index
         * @param applied what {@link StateMachine#apply} returned on this member
         */
        void committed(long index, Object applied);

        /** The entry was refused, or its outcome is unknown. */
        void failed(RaftFailure failure);
    }

    /** Hears leadership changes. */
    @FunctionalInterface
    interface LeadershipListener {
        /** Called with the new leadership. */
        void changed(Leadership leadership);
    }

    /** Undoes a registration; idempotent. */
    @FunctionalInterface
    interface Registration {
        /** Removes what was registered. */
        void remove();
    }
}
