package io.quorate.kv.raft.hazelcast.wire;

/** An entry of a kind this program does not know; skipping it would make replicas differ, so the group must stop. */
public final class UnknownOperationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownOperationException(int kind) {
        super("log entry of unknown kind " + kind);
    }
}
