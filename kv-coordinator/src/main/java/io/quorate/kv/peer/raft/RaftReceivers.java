package io.quorate.kv.peer.raft;

import io.quorate.kv.raft.hazelcast.RaftTransport.Receiver;
import io.quorate.kv.raft.hazelcast.RaftTransport.Registration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Who hears the messages of which group on this node. Safe for any thread. */
final class RaftReceivers {
    private final Map<Integer, Receiver> byGroup = new ConcurrentHashMap<>();

    Registration register(int group, Receiver receiver) {
        if (byGroup.putIfAbsent(group, receiver) != null) {
            throw new IllegalStateException("group " + group + " is registered already");
        }
        return () -> byGroup.remove(group, receiver);
    }

    /** Hands messages over; those of groups that are not here are dropped. */
    void receive(String sender, RaftFrame frame) {
        for (RaftFrame.Message message : frame.messages()) {
            Receiver receiver = byGroup.get(message.group());
            if (receiver != null) {
                receiver.receive(sender, message.payload());
            }
        }
    }

    void connected(String node) {
        byGroup.values().forEach(receiver -> receiver.connected(node));
    }
}
