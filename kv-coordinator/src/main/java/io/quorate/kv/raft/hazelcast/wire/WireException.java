package io.quorate.kv.raft.hazelcast.wire;

/** Bytes that are not what this codec writes. */
public final class WireException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WireException(String message) {
        super(message);
    }
}
