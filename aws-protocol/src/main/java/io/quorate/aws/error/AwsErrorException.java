package io.quorate.aws.error;

/** Carries an {@link AwsError} to the entry. Without a stack trace: it is an answer. */
public final class AwsErrorException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient AwsError error;

    public AwsErrorException(AwsError error) {
        super(error.code(), null, false, false);
        this.error = error;
    }

    public AwsError error() {
        return error;
    }
}
