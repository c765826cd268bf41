package io.quorate.kv.blob;

import static java.util.Objects.requireNonNull;

import io.quorate.kv.KvException;
import io.quorate.kv.KvFailure;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What errors of the disk mean to a caller. */
final class BlobFailures {
    private BlobFailures() {}

    /** A typed failure that keeps its cause, for the log. */
    static Throwable of(Throwable cause) {
        if (cause instanceof KvException) {
            return cause;
        }
        if (cause instanceof UncheckedIOException unchecked) {
            return of(requireNonNull(unchecked.getCause()));
        }
        if (!(cause instanceof IOException io)) {
            return cause;
        }
        KvFailure failure = switch (io) {
            case OutOfSpaceException full -> new KvFailure.DiskFull();
            default -> new KvFailure.Poisoned("the body could not be written or read");
        };
        return new KvException(failure, cause);
    }
}
