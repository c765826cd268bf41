package io.quorate.kv.node;

import io.quorate.kv.raft.hazelcast.RaftTransport;

/** The transport of a node that is alone in its cluster: there is nobody to send to or hear from. */
final class NoPeers implements RaftTransport {
    @Override
    public void send(String target, int groupId, byte[] message) {
        throw new IllegalStateException("a node without peers has no message for " + target);
    }

    @Override
    public Registration register(int groupId, Receiver receiver) {
        return () -> {};
    }
}
