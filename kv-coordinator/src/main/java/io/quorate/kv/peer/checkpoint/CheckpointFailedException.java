package io.quorate.kv.peer.checkpoint;

/** A checkpoint could not be fetched within its bounds; it may be tried again. */
public final class CheckpointFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CheckpointFailedException(String what, Throwable cause) {
        super(what, cause);
    }
}
