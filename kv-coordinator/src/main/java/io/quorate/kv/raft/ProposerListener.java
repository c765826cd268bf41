package io.quorate.kv.raft;

import io.quorate.kv.KvFailure;

/** Hears what a {@link Proposer} does, for metrics. Called on any thread; must not block. */
public interface ProposerListener {
    /** Hears nothing. */
    ProposerListener NONE = new ProposerListener() {};

    /** An entry was handed to the group. */
    default void proposed(int commands, int bytes) {}

    /** An entry was committed and applied, that long after it was handed over. */
    default void committed(int commands, long nanos) {}

    /** An entry was refused, or its outcome is unknown. */
    default void failed(int commands, KvFailure failure) {}

    /** A command was refused before it was queued. */
    default void refused(KvFailure failure) {}

    /**
     * A caller's deadline or the stall bound ended its wait.
     *
     * @param proposed whether its command had been proposed, so that its outcome is unknown
     */
    default void timedOut(boolean proposed) {}

    /** A caller cancelled. */
    default void cancelled(boolean proposed) {}
}
