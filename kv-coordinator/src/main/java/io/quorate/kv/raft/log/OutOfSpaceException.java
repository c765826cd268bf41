package io.quorate.kv.raft.log;

import java.io.IOException;

/** The disk has no room; thrown by a {@link LogFile} so that nobody has to read an operating system's text. */
public final class OutOfSpaceException extends IOException {

    private static final long serialVersionUID = 1L;

    /** @param message which file, and how much was wanted */
    public OutOfSpaceException(String message) {
        super(message);
    }
}
