package io.quorate.kv.node;

import io.quorate.kv.BlobStore;
import io.quorate.kv.leader.LeaderProxy;
import io.quorate.kv.leader.RouteCommitWatch;
import io.quorate.kv.leader.VerifiedLeadership;
import io.quorate.kv.member.Membership;
import java.util.Optional;

/**
 * The parts of a running node that others meet.
 *
 * @param meta what the data directory says of itself
 * @param proxy reads, transactions and handlers, whoever leads
 * @param probe verification of leadership
 * @param watch waiting for commits
 * @param blobs large bodies
 * @param health whether it can serve
 * @param peers its part in the cluster, if it has a peer port
 * @param closing ends everything
 */
record NodeParts(NodeMeta meta, LeaderProxy proxy, VerifiedLeadership probe,
        RouteCommitWatch watch, BlobStore blobs, LocalHealth health, Optional<Peers> peers,
        ClosingStack closing)
        implements
            AutoCloseable {

    /**
     * A node's part in a cluster.
     *
     * @param membership who belongs to it
     * @param link the connections
     */
    record Peers(Membership membership, PeerSide link) {}

    @Override
    public void close() {
        closing.close();
    }
}
