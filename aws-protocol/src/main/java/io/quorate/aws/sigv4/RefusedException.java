package io.quorate.aws.sigv4;

/** Carries a refusal out of the parsers of this room, and no further. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final AuthFailure reason;

    RefusedException(AuthFailure reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
    }

    Verification.Refused toVerification() {
        return new Verification.Refused(reason, String.valueOf(getMessage()));
    }
}
