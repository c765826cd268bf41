package io.quorate.kv.command;

/** An entry whose bytes do not follow its format. The log's checksums held, so this is a broken invariant. */
public final class MalformedEntryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedEntryException(String reason) {
        super(reason);
    }

    MalformedEntryException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
