package io.quorate.kv.peer.raft;

import java.util.List;

/** Messages to one peer that wait for their stream; bounded. Safe for any thread. */
interface SendQueue {
    /** Messages in one frame at most. */
    int FRAME_MESSAGES_MAX = 128;
    /** Bytes after which a frame takes no further message. */
    int FRAME_BYTES = 256 << 10;

    /**
     * Adds a message, and drops what the bound demands.
     *
     * @param accepted whether the peer has accepted the stream: what waits is on its way
     * @return messages dropped
     */
    int add(RaftFrame.Message message, boolean accepted);

    /** The messages of the next frame; empty if none waits. */
    List<RaftFrame.Message> next();

    boolean isEmpty();

    /** Drops everything: the stream is gone. */
    void clear();
}
