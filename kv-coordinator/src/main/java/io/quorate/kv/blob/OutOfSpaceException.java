package io.quorate.kv.blob;

import java.io.IOException;

/** The file system has no room left for bodies. */
final class OutOfSpaceException extends IOException {
    private static final long serialVersionUID = 1L;

    OutOfSpaceException(IOException cause) {
        super("no space left for bodies", cause);
    }
}
