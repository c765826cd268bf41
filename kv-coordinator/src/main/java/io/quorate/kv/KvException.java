package io.quorate.kv;

/** Carries a {@link KvFailure}. Has no stack trace: the failures it carries are expected ones. */
public final class KvException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient KvFailure failure;

    public KvException(KvFailure failure) {
        super(failure.toString(), null, false, false);
        this.failure = failure;
    }

    /** Keeps what was thrown below, for the log of whoever handles the failure. */
    public KvException(KvFailure failure, Throwable cause) {
        super(failure.toString(), cause, false, false);
        this.failure = failure;
    }

    /** What a caller can act on. */
    public KvFailure failure() {
        return failure;
    }
}
