package io.quorate.aws.policy;

/** A document that is no policy. The message may be shown to who sent it. */
public final class PolicyException extends Exception {
    private static final long serialVersionUID = 1L;

    PolicyException(String message) {
        super(message);
    }
}
