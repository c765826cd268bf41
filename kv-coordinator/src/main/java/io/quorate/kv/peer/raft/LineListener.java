package io.quorate.kv.peer.raft;

/** Hears what becomes of messages to a peer. Called on any thread; returns at once. */
interface LineListener {
    /** So many messages were handed to the connection together. */
    void sent(String node, int messages);

    /** So many messages were dropped. */
    void dropped(String node, int messages);

    /** The peer has accepted a stream; what was sent on the one before may be lost. */
    void accepted(String node);
}
