package io.quorate.kv.raft.hazelcast.wire;

/** What a message is, told by its first byte; transports use it to keep control and bulk on separate streams. */
public enum MessageType {
    PRE_VOTE_REQUEST, PRE_VOTE_RESPONSE, VOTE_REQUEST, VOTE_RESPONSE,
    /** An append that carries no entries. */
    HEARTBEAT,
    /** An append that carries entries. */
    APPEND,
    /** The answer to an append, successful or not. */
    APPEND_SUCCESS, APPEND_FAILURE,
    /** Tells a follower that the entries it lacks are gone and a checkpoint must be fetched. */
    INSTALL_SNAPSHOT,
    /** Asks the receiver to start an election at once. */
    TRIGGER_ELECTION,
    /** Asks whether a term is still the receiver's, and the answer. */
    CONFIRM, CONFIRMED;

    private static final MessageType[] ALL = values();

    /**
     * The type of an encoded message.
     *
     * @throws WireException if it has none that is known
     */
    public static MessageType of(byte[] message) {
        if (message.length == 0 || message[0] < 0 || message[0] >= ALL.length) {
            throw new WireException("message without a known type");
        }
        return ALL[message[0]];
    }

    /** Whether such messages are large and must not delay the others. */
    public boolean isBulk() {
        return this == APPEND;
    }

    byte code() {
        return (byte) ordinal();
    }
}
