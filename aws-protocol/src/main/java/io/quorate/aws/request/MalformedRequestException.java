package io.quorate.aws.request;

/** A path or query that cannot be decoded. Carries no stack trace: it is the client's mistake. */
public final class MalformedRequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedRequestException(String message) {
        super(message, null, false, false);
    }
}
