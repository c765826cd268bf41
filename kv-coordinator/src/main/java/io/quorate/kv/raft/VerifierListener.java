package io.quorate.kv.raft;

import io.quorate.kv.KvFailure;

/** Hears what a {@link LeaderVerifier} does, for metrics. Called on any thread; must not block. */
public interface VerifierListener {
    /** Hears nothing. */
    VerifierListener NONE = new VerifierListener() {};

    /** A round was opened and its question sent. */
    default void roundOpened() {}

    /** A round was asked again. */
    default void roundResent() {}

    /** A round reached its quorum, that long after it was opened. */
    default void roundConfirmed(long nanos) {}

    /** Callers were answered with a failure, other than by their own deadline. */
    default void failed(int waiters, KvFailure failure) {}

    /** A caller's deadline passed. */
    default void timedOut() {}

    /** A caller cancelled. */
    default void cancelled() {}
}
