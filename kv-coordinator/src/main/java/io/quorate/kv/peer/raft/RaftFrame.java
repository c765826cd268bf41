package io.quorate.kv.peer.raft;

import java.util.List;

/**
 * Messages that travel together; {@code RaftFrame} of raft.proto.
 *
 * @param messages      in the order in which they were sent
 * @param receiptWanted whether the sender wants to hear that the frame was taken
 */
record RaftFrame(List<Message> messages, boolean receiptWanted) {
    /** Asks whether the receiver has accepted the stream. */
    static final RaftFrame OPENING = new RaftFrame(List.of(), true);

    /** A message of a group; the bytes are not changed. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Message(int group, byte[] payload) {}
}
