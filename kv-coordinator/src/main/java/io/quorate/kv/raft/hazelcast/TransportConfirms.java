package io.quorate.kv.raft.hazelcast;

import io.quorate.kv.raft.ConfirmChannel;
import io.quorate.kv.raft.hazelcast.wire.RaftMessage;
import io.quorate.kv.raft.hazelcast.wire.RaftMessageCodec;

/**
 * Confirm over the group's transport. Questions are answered from the published term on the transport's thread: neither
 * the group's thread nor a disk takes part. Safe for any thread.
 */
final class TransportConfirms implements ConfirmChannel {
    private final int groupId;
    private final String self;
    private final RaftTransport transport;
    private final PublishedState published;
    private volatile Listener listener = (voter, term, round) -> {};
    private volatile boolean closed;

    TransportConfirms(int groupId, String self, RaftTransport transport, PublishedState published) {
        this.groupId = groupId;
        this.self = self;
        this.transport = transport;
        this.published = published;
    }

    @Override
    public void broadcast(long term, long round) {
        if (closed) {
            return;
        }
        byte[] question = RaftMessageCodec.encode(new RaftMessage.ConfirmAsked(term, round));
        for (String voter : published.leadership().voters()) {
            if (!voter.equals(self)) {
                transport.send(voter, groupId, question);
            }
        }
    }

    @Override
    public void onConfirmed(Listener newListener) {
        listener = newListener;
    }

    /**
     * One who is no voter does not answer: under the name of a voter that lost its data it would answer for a vote that
     * it knows nothing of.
     */
    void asked(String sender, RaftMessage.ConfirmAsked question) {
        if (!closed && published.members().isVoter() && published.term() == question.term()) {
            transport.send(sender, groupId,
                    RaftMessageCodec.encode(
                            new RaftMessage.ConfirmAnswered(question.term(), question.round())));
        }
    }

    void answered(String sender, RaftMessage.ConfirmAnswered answer) {
        listener.confirmed(sender, answer.term(), answer.round());
    }

    /** Answers nothing more: the group was poisoned or stopped. */
    void close() {
        closed = true;
    }
}
