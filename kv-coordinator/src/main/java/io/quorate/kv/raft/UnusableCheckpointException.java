package io.quorate.kv.raft;

import java.io.IOException;

/** A checkpoint cannot be opened; the state machine is as it was, and another checkpoint may do. */
public final class UnusableCheckpointException extends IOException {
    private static final long serialVersionUID = 1L;

    /** With what was found. */
    public UnusableCheckpointException(Throwable cause) {
        super("the checkpoint cannot be opened", cause);
    }
}
