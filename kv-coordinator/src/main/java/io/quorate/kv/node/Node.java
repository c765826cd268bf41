package io.quorate.kv.node;

import io.micrometer.core.instrument.MeterRegistry;
import io.quorate.kv.AtLeader;
import io.quorate.kv.BlobStore;
import io.quorate.kv.ClusterAdmin;
import io.quorate.kv.CommitWatch;
import io.quorate.kv.LeaderProbe;
import io.quorate.kv.NodeHealth;
import io.quorate.kv.TransactionalKv;
import java.util.Optional;
import java.util.UUID;

/**
 * One process's part of the store: everything that adapters need, from {@link #start} until
 * {@link #close}. Safe for any thread; handlers are registered before requests are served.
 */
public final class Node implements AutoCloseable {
    private final NodeParts parts;

    private Node(NodeParts parts) {
        this.parts = parts;
    }

    /**
     * Starts a node: takes the data directory, recovers the log, opens the state, restores the group
     * and waits for it to serve, within the settings' patience. Blocks.
     *
     * @param meters where its meters are bound
     * @throws NodeStartException if it cannot start; nothing is held then
     */
    public static Node start(NodeSettings settings, NodeSeams seams, MeterRegistry meters)
            throws NodeStartException {
        return new Node(NodeStart.start(settings, seams, meters));
    }

    /** Linearizable reads and transactions. */
    public TransactionalKv kv() {
        return parts.proxy();
    }

    /** Handlers at the leaders. */
    public AtLeader atLeader() {
        return parts.proxy();
    }

    /** Verification of leadership. */
    public LeaderProbe probe() {
        return parts.probe();
    }

    /** Waiting for commits. */
    public CommitWatch watch() {
        return parts.watch();
    }

    /** Large bodies. */
    public BlobStore blobs() {
        return parts.blobs();
    }

    /** Whether the node can serve. */
    public NodeHealth health() {
        return parts.health();
    }

    /** Shows and changes who belongs to the cluster; empty if the node has no peer port. */
    public Optional<ClusterAdmin> admin() {
        return parts.peers().map(peers -> peers.membership().admin());
    }

    /** Host and port at which other nodes reach this one; empty if the node has no peer port. */
    public Optional<String> peerAddress() {
        return parts.peers().map(peers -> peers.link().address());
    }

    /** The cluster the data belongs to. */
    public UUID clusterId() {
        return parts.meta().founded().orElseThrow().cluster();
    }

    /** The member that the data makes, whatever its node id. */
    public UUID memberId() {
        return parts.meta().self().uuid();
    }

    /** Answers everybody who waits, ends the threads and gives the data directory back. Idempotent. */
    @Override
    public void close() {
        parts.close();
    }
}
