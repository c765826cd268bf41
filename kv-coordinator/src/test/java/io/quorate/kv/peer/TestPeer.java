package io.quorate.kv.peer;

import io.grpc.BindableService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A node's connections and server on loopback, without what is behind them. */
public final class TestPeer implements AutoCloseable {
    private final NodeIdentity identity;
    private final LocalNode self;
    private final TestCluster cluster;
    private final PeerThreads threads;
    private final PeerSetup setup;
    private final PeerConnections connections;
    private List<BindableService> services = List.of();
    private @Nullable PeerServer server;
    private int port;

    /** A node with plaintext on loopback. */
    public TestPeer(String nodeId, TestCluster cluster) {
        this(new NodeIdentity(nodeId, uuid(nodeId), 1), cluster, new PeerSecurity.Plaintext(false),
                PeerLimits.standard());
    }

    /** A node that calls itself something. */
    public TestPeer(NodeIdentity identity, TestCluster cluster, PeerSecurity security,
            PeerLimits limits) {
        this.identity = identity;
        this.cluster = cluster;
        this.self = new LocalNode(identity, cluster);
        this.threads = new PeerThreads(identity.nodeId(), 1);
        this.setup = new PeerSetup(security, limits, threads);
        this.connections = new PeerConnections(self, cluster, setup);
    }

    /** The data directory's identity of a node of this name. */
    public static UUID uuid(String nodeId) {
        return new UUID(0xDA7A, nodeId.hashCode());
    }

    /** Starts the server and tells the cluster where it is. */
    public void start(BindableService... hosted) {
        services = List.of(hosted);
        startServer();
        cluster.put(identity.nodeId(), Optional.of(identity.memberUuid()), address());
    }

    /** Starts the server, on the port it had before. */
    public void startServer() {
        try {
            server = PeerServer.start(self,
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port), setup,
                    new PeerServer.Services(services, List.of()));
            port = server.port();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Stops the server; connections to it break. */
    public void stopServer() {
        if (server != null) {
            server.close();
            server = null;
        }
    }

    /** Where the server is reached. */
    public PeerAddress address() {
        return new PeerAddress(InetAddress.getLoopbackAddress().getHostAddress(), port);
    }

    /** Its connections to others. */
    public PeerConnections connections() {
        return connections;
    }

    @Override
    public void close() {
        connections.close();
        stopServer();
        threads.close();
    }
}
