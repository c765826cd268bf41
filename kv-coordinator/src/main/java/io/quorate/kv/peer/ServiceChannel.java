package io.quorate.kv.peer;

import io.grpc.Channel;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;

/** A connection to the services that a node offers on its peer port to others than nodes. */
public final class ServiceChannel implements AutoCloseable {
    private final ManagedChannel channel;

    private ServiceChannel(ManagedChannel channel) {
        this.channel = channel;
    }

    /**
     * Connects when first used.
     *
     * @throws IllegalArgumentException if plaintext is not allowed to that address
     */
    public static ServiceChannel to(PeerAddress node, PeerSecurity security) {
        return new ServiceChannel(Grpc.newChannelBuilderForAddress(node.host(), node.port(),
                new PeerCredentials(security).client(node)).build());
    }

    /** Where calls are made. */
    public Channel channel() {
        return channel;
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
