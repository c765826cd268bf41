package io.quorate.kv.peer.service;

/** Ends a run whose transaction would make a value too long. Has no stack trace. */
final class ValueTooLongException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long length;

    ValueTooLongException(long length) {
        super("a value of " + length + " bytes", null, false, false);
        this.length = length;
    }

    /** The length it would have had. */
    long length() {
        return length;
    }
}
