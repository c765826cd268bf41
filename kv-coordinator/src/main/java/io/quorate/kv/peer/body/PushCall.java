package io.quorate.kv.peer.body;

import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.quorate.kv.PeerException;
import io.quorate.kv.blob.BodyPart;
import io.quorate.kv.peer.wire.BodiesGrpc;
import io.quorate.kv.peer.wire.BodyPush;
import io.quorate.kv.peer.wire.BodyPushed;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.MonoSink;

/** One body on its way to another node. */
final class PushCall implements ClientResponseObserver<BodyPush, BodyPushed> {
    private final String node;
    private final UUID id;
    private final MonoSink<Void> sink;
    private volatile @Nullable Outgoing<BodyPart, BodyPush> outgoing;
    private volatile @Nullable ClientCallStreamObserver<BodyPush> call;

    PushCall(String node, UUID id, MonoSink<Void> sink) {
        this.node = node;
        this.id = id;
        this.sink = sink;
    }

    void start(BodiesGrpc.BodiesStub stub, Flux<BodyPart> parts) {
        var unused = stub.push(this);
        ClientCallStreamObserver<BodyPush> started = call;
        Outgoing<BodyPart, BodyPush> sending = outgoing;
        if (started == null || sending == null) {
            throw new IllegalStateException("a call that was not started");
        }
        sink.onDispose(() -> {
            sending.dispose();
            started.cancel("the body is not wanted there any more", null);
        });
        started.onNext(Chunks.begin(id));
        parts.subscribe(sending);
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<BodyPush> started) {
        Outgoing<BodyPart, BodyPush> sending = new Outgoing<>(started, Chunks::push,
                failed -> failed);
        call = started;
        outgoing = sending;
        started.setOnReadyHandler(sending::pull);
    }

    @Override
    public void onNext(BodyPushed pushed) {
        // The end of the call says that it went well.
    }

    @Override
    public void onError(Throwable cause) {
        sink.error(new PeerException(node, PeerException.Reach.MAYBE_ARRIVED, cause));
    }

    @Override
    public void onCompleted() {
        sink.success();
    }
}
