package io.quorate.kv.raft.hazelcast.wire;

/** What a message is, told by its first byte; transports use it to keep control and bulk on separate streams. */
public enum MessageType {
    PRE_VOTE_REQUEST(0), PRE_VOTE_RESPONSE(1), VOTE_REQUEST(2), VOTE_RESPONSE(3),
    /** An append that carries no entries. */
    HEARTBEAT(4),
    /** An append that carries entries. */
    APPEND(5),
    /** An append was taken. */
    APPEND_SUCCESS(6),
    /** An append was refused. */
    APPEND_FAILURE(7),
    /** Tells a follower that the entries it lacks are gone and a checkpoint must be fetched. */
    INSTALL_SNAPSHOT(8),
    /** Asks the receiver to start an election at once. */
    TRIGGER_ELECTION(9),
    /** Asks whether a term is still the receiver's. */
    CONFIRM(10),
    /** It is. */
    CONFIRMED(11);

    private static final MessageType[] BY_CODE = new MessageType[values().length];

    static {
        for (MessageType type : values()) {
            BY_CODE[type.code] = type;
        }
    }

    private final byte code;

    MessageType(int code) {
        this.code = (byte) code;
    }

    /**
     * The type of an encoded message.
     *
     * @throws WireException if it has none that is known
     */
    public static MessageType of(byte[] message) {
        if (message.length == 0 || message[0] < 0 || message[0] >= BY_CODE.length) {
            throw new WireException("message without a known type");
        }
        return BY_CODE[message[0]];
    }

    /** Whether such messages are large and must not delay the others. */
    public boolean isBulk() {
        return this == APPEND;
    }

    byte code() {
        return code;
    }
}
