package io.quorate.kv.peer.body;

import io.grpc.BindableService;
import io.grpc.Channel;
import io.quorate.kv.PeerException;
import io.quorate.kv.blob.BodyPart;
import io.quorate.kv.blob.BodyPeers;
import io.quorate.kv.peer.Lane;
import io.quorate.kv.peer.PeerConnections;
import io.quorate.kv.peer.wire.BodiesGrpc;
import io.quorate.kv.peer.wire.BodyFetch;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Bodies over gRPC. Whoever waits bounds the time: calls have no deadline of their own, because a body of
 * any size may take long as long as it moves. Failures are {@link PeerException}.
 */
public final class GrpcBodyPeers implements BodyPeers {
    private final PeerConnections connections;
    private volatile @Nullable Replica replica;

    public GrpcBodyPeers(PeerConnections connections) {
        this.connections = connections;
    }

    /** What the node's {@link io.quorate.kv.peer.PeerServer} is to host for peers. */
    public BindableService service() {
        return new BodyService(() -> replica);
    }

    @Override
    public Mono<Void> push(String node, UUID id, Flux<BodyPart> parts) {
        return Mono.create(
                sink -> new PushCall(node, id, sink).start(BodiesGrpc.newStub(channel(node)),
                        parts));
    }

    @Override
    public Flux<ByteBuffer> fetch(String node, UUID id, long offset) {
        return Flux.defer(() -> Flux.from(new FetchCall(node, BodiesGrpc.newStub(channel(node)),
                BodyFetch.newBuilder().setId(Chunks.id(id)).setOffset(offset).build())));
    }

    private Channel channel(String node) {
        return connections.channel(node, Lane.BULK)
                .orElseThrow(() -> new PeerException(node, PeerException.Reach.NOT_SENT,
                        new IllegalStateException("its address is not known")));
    }

    @Override
    public void serve(Replica answering) {
        replica = answering;
    }
}
