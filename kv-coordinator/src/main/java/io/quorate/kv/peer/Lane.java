package io.quorate.kv.peer;

/** Connections to a peer are separate by what they carry, so that large things do not delay small ones. */
public enum Lane {
    /** Raft's control messages, Confirm, and requests. */
    CONTROL,
    /** Appends with entries. */
    APPENDS,
    /** Checkpoints and object bodies. */
    BULK
}
