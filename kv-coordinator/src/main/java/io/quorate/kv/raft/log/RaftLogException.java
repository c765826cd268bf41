package io.quorate.kv.raft.log;

import org.jspecify.annotations.Nullable;

/**
 * Carries a {@link LogFailure}. After one thrown by {@link GroupLog#flush()} nothing is known about what had not been
 * acknowledged, and the log stays poisoned.
 */
public final class RaftLogException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient LogFailure failure;

    RaftLogException(LogFailure failure, @Nullable Throwable cause) {
        super(failure.toString(), cause);
        this.failure = failure;
    }

    RaftLogException(LogFailure failure) {
        this(failure, null);
    }

    /** What happened, to be told apart by type and never by text. */
    public LogFailure failure() {
        return failure;
    }
}
