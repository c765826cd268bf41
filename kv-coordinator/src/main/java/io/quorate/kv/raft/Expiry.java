package io.quorate.kv.raft;

import org.jspecify.annotations.Nullable;

/**
 * Something that happens once a moment has passed, unless it is cancelled before. It is its own
 * entry of the {@link DeadlineTimer}, so that waiting costs no further object.
 *
 * <p>May be scheduled again only after it was cancelled or from within {@link #expired()}.
 */
public abstract class Expiry {
    /** The list it is in, or null; written under that slot's monitor. */
    volatile DeadlineWheel.@Nullable Slot slot;
    /** The following fields are guarded by the slot's monitor. */
    @Nullable
    Expiry before;
    @Nullable
    Expiry after;
    long tick;
    /** Chains what expired together; touched by the timer's thread alone. */
    @Nullable
    Expiry nextExpired;

    /** The moment has passed. Called on the timer's thread; must not block. */
    protected abstract void expired();
}
