package io.quorate.kv.leader;

import io.quorate.kv.PeerCalls;

/** Hears of requests that leave this node for a leader. Called on any thread; must not block. */
public interface ForwardListener {
    /** Hears nothing. */
    ForwardListener NONE = new ForwardListener() {};

    /** What became of one try. */
    enum Outcome {
        /** The leader answered with a result. */
        SUCCEEDED,
        /** The node that was asked refused, or failed, and said so. */
        FAILED,
        /** It never left this node. */
        NOT_SENT,
        /** It may have arrived and nothing came back. */
        UNANSWERED,
        /** The caller left. */
        CANCELLED
    }

    /** A try has ended, that long after it began. */
    default void tried(PeerCalls.Kind kind, Outcome outcome, long nanos) {}

    /** A leader does not answer and is not asked for a while. */
    default void breakerOpened(String leader, int group) {}

    /** A request was refused because its leader does not answer. */
    default void refusedByBreaker(PeerCalls.Kind kind) {}

    /** Several callers on this node got one read index, that long after their round was opened. */
    default void readIndexRound(int callers, long nanos) {}

    /** This node had not applied the read index in time and asked the leader to read. */
    default void readAtLeader() {}
}
