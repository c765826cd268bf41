package io.quorate.kv.command;

/**
 * An entry or command of a format or kind that this version does not know. Skipping it would let the
 * replica diverge, so it stops the node.
 */
public final class UnknownCommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownCommandException(String what, int number) {
        super("unknown " + what + " " + number + "; a newer version wrote it");
    }
}
