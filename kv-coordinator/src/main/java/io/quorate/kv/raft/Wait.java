package io.quorate.kv.raft;

/** One caller's wait. Cancelling is idempotent, safe for any thread and takes constant time. */
@FunctionalInterface
public interface Wait {
    /** A wait that was over before it began. */
    Wait ENDED = () -> Left.ENDED;

    /** Ends the wait; unless it says ENDED, the callback is not called any more. */
    Left cancel();

    /** What cancelling met. */
    enum Left {
        /** The caller is forgotten; nothing was or will be proposed for it. */
        REMOVED,
        /** The caller is forgotten; its proposal went on and its outcome is unknown. */
        ABANDONED,
        /** It had ended: the callback has been called, or is being called. */
        ENDED
    }
}
