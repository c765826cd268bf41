package io.quorate.aws.payload;

/** Carries a {@link PayloadFailure}. Without a stack trace: it is the client's mistake. */
public final class PayloadException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient PayloadFailure failure;

    public PayloadException(PayloadFailure failure) {
        super(failure.toString(), null, false, false);
        this.failure = failure;
    }

    public PayloadFailure failure() {
        return failure;
    }
}
