package io.quorate.kv.node;

import io.quorate.kv.BlobStore;
import io.quorate.kv.leader.LeaderProxy;
import io.quorate.kv.leader.RouteCommitWatch;
import io.quorate.kv.leader.VerifiedLeadership;

/**
 * The parts of a running node that others meet.
 *
 * @param meta what the data directory says of itself
 * @param proxy reads, transactions and handlers, whoever leads
 * @param probe verification of leadership
 * @param watch waiting for commits
 * @param blobs large bodies
 * @param health whether it can serve
 * @param closing ends everything
 */
record NodeParts(NodeMeta meta, LeaderProxy proxy, VerifiedLeadership probe,
        RouteCommitWatch watch, BlobStore blobs, LocalHealth health, ClosingStack closing)
        implements
            AutoCloseable {

    @Override
    public void close() {
        closing.close();
    }
}
