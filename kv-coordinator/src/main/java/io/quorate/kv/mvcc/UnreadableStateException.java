package io.quorate.kv.mvcc;

import java.io.IOException;

/** A state that was to replace the one in force cannot be opened; the one in force is as it was. */
public final class UnreadableStateException extends IOException {
    private static final long serialVersionUID = 1L;

    /** With what was found. */
    public UnreadableStateException(IOException cause) {
        super("the state cannot be opened", cause);
    }
}
