package io.quorate.kv.node;

import io.quorate.kv.BlobStore;
import io.quorate.kv.TransactionalKv;
import io.quorate.kv.leader.LeaderCalls;
import io.quorate.kv.leader.RouteCommitWatch;
import io.quorate.kv.leader.VerifiedLeadership;

/**
 * The parts of a running node that others meet.
 *
 * @param meta what the data directory says of itself
 * @param kv reads and transactions
 * @param calls handlers at the leaders
 * @param probe verification of leadership
 * @param watch waiting for commits
 * @param blobs large bodies
 * @param health whether it can serve
 * @param closing ends everything
 */
record NodeParts(NodeMeta meta, TransactionalKv kv, LeaderCalls calls, VerifiedLeadership probe,
        RouteCommitWatch watch, BlobStore blobs, LocalHealth health, ClosingStack closing)
        implements
            AutoCloseable {

    @Override
    public void close() {
        closing.close();
    }
}
