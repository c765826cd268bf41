package io.quorate.kv;

import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * Where the {@link Deadline} of a Reactor Context comes from. An operation that by its nature waits
 * (a long poll) may extend a default one, never the caller's own.
 */
public enum DeadlineOrigin {
    /** The caller said how long it waits. */
    CALLER,
    /** The server's default for the protocol. */
    DEFAULT;

    /** Puts the origin into a Reactor Context. */
    public Context into(Context context) {
        return context.put(DeadlineOrigin.class, this);
    }

    /** The origin in a Reactor Context; {@link #CALLER}, the stricter one, if it says nothing. */
    public static DeadlineOrigin of(ContextView context) {
        return context.<Object>getOrDefault(DeadlineOrigin.class, CALLER) == DEFAULT
                ? DEFAULT
                : CALLER;
    }
}
