package io.quorate.kv.peer;

import io.grpc.Context;

/**
 * The node that calls, as the handshake found it; never what a payload claims.
 *
 * @param identity what it calls itself, checked against membership and certificate
 */
public record Caller(NodeIdentity identity) {
    static final Context.Key<Caller> KEY = Context.key("quorate-caller");

    /**
     * Who makes the call that runs on this thread.
     *
     * @throws IllegalStateException outside of a call between nodes
     */
    public static Caller current() {
        Caller caller = KEY.get();
        if (caller == null) {
            throw new IllegalStateException("no call between nodes runs here");
        }
        return caller;
    }

    /** The calling node's name. */
    public String nodeId() {
        return identity.nodeId();
    }
}
