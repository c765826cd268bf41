package io.quorate.kv.raft.hazelcast;

/** Tells the engine that the host takes snapshots itself, in the background. Expected, so without a stack trace. */
final class SnapshotLater extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SnapshotLater() {
        super("the host takes snapshots", null, false, false);
    }
}
