package io.quorate.kv.node;

import io.quorate.kv.raft.log.LogListener;

/** Passes the log's news on: figures to the meters, wishes for a snapshot to the group. */
final class NodeLogListener implements LogListener {
    private final LogListener meters;
    private volatile Runnable snapshots = () -> {};

    NodeLogListener(LogListener meters) {
        this.meters = meters;
    }

    /** Who takes snapshots, once the group is open. */
    void wantSnapshots(Runnable taker) {
        snapshots = taker;
    }

    @Override
    public void snapshotWanted(int groupId, long throughIndex) {
        snapshots.run();
    }

    @Override
    public void forced(long forceNanos, long bytes, int groups) {
        meters.forced(forceNanos, bytes, groups);
    }

    @Override
    public void waitedForSegment(long nanos) {
        meters.waitedForSegment(nanos);
    }
}
