package io.quorate.kv.raft.hazelcast;

/**
 * Carries messages between the members of groups. It may lose, repeat, delay and reorder them; it must not change
 * them. Safe for any thread.
 */
public interface RaftTransport {
    /**
     * Sends a message, or drops it: never blocks, never throws for an unreachable target. An append that is in flight
     * is not to be dropped while its stream lives: the sender is silent towards that target until it times out.
     *
     * @param target  the receiver's node id
     * @param groupId the group
     * @param message what {@link io.quorate.kv.raft.hazelcast.wire.MessageType} tells apart; not changed afterwards
     */
    void send(String target, int groupId, byte[] message);

    /** Sets who hears the group's messages on this node, until the registration is closed. */
    Registration register(int groupId, Receiver receiver);

    /** Hears messages. */
    @FunctionalInterface
    interface Receiver {
        /** Takes a message; returns at once. Called on any thread. */
        void receive(String sender, byte[] message);

        /** Hears that a node is reached again: what was sent to it before may be lost. Called on any thread. */
        default void connected(String node) {}
    }

    /** Ends what was registered. */
    @FunctionalInterface
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
