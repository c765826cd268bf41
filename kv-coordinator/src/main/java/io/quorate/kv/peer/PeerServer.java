package io.quorate.kv.peer;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The gRPC server on a node's peer port. Services are called on event loops and must not block; a cancelled call and
 * its deadline are in {@link io.grpc.Context}. Safe for any thread.
 */
public final class PeerServer implements AutoCloseable {
    private static final long CLOSE_SECONDS = 2;
    /** Senders probe their connections not more often than this. */
    private static final long PROBE_SECONDS_MIN = 1;

    private final Server server;

    /**
     * What a server offers.
     *
     * @param toPeers  for other nodes only: the caller is checked, {@link Caller#current()} says who it is
     * @param toOthers checked by nobody but themselves and the interceptors they come with; with mutual TLS the caller
     *                 may have shown a certificate of the cluster's authority, or none
     */
    public record Services(List<BindableService> toPeers, List<ServerServiceDefinition> toOthers) {
        public Services {
            toPeers = List.copyOf(toPeers);
            toOthers = List.copyOf(toOthers);
        }
    }

    private PeerServer(Server server) {
        this.server = server;
    }

    /**
     * Starts to serve.
     *
     * @param bind an address of this machine; port 0 takes a free one
     * @throws IllegalArgumentException if plaintext is not allowed there: says why in one sentence
     * @throws IOException              if the port is taken
     */
    public static PeerServer start(LocalNode self, InetSocketAddress bind, PeerSetup setup,
            Services services) throws IOException {
        NettyServerBuilder builder = NettyServerBuilder
                .forAddress(bind, new PeerCredentials(setup.security()).server(bind.getAddress()))
                .channelType(PeerThreads.serverChannelType())
                .bossEventLoopGroup(setup.threads().loops())
                .workerEventLoopGroup(setup.threads().loops())
                .directExecutor()
                .maxInboundMessageSize(setup.limits().messageBytes())
                .flowControlWindow(setup.limits().window())
                .maxConcurrentCallsPerConnection(setup.limits().streams())
                .permitKeepAliveWithoutCalls(true)
                .permitKeepAliveTime(PROBE_SECONDS_MIN, TimeUnit.SECONDS);
        HandshakeInterceptor handshake = new HandshakeInterceptor(new HandshakeRules(self));
        builder.addService(ServerInterceptors.intercept(new HandshakeService(self), handshake));
        for (BindableService service : services.toPeers()) {
            builder.addService(ServerInterceptors.intercept(service, handshake));
        }
        services.toOthers().forEach(builder::addService);
        return new PeerServer(builder.build().start());
    }

    /** The port it listens on. */
    public int port() {
        return server.getPort();
    }

    /** Takes no more calls, ends those that run, and returns when the port is free. */
    @Override
    public void close() {
        server.shutdownNow();
        try {
            if (!server.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException(
                        "peer server still runs after " + CLOSE_SECONDS + " s");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
