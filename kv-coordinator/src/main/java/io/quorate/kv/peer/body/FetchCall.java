package io.quorate.kv.peer.body;

import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.quorate.kv.PeerException;
import io.quorate.kv.peer.wire.BodiesGrpc;
import io.quorate.kv.peer.wire.BodyChunk;
import io.quorate.kv.peer.wire.BodyFetch;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;

/** One body on its way from another node; begins when it is subscribed to. */
final class FetchCall
        implements
            ClientResponseObserver<BodyFetch, BodyChunk>,
            Publisher<ByteBuffer> {
    private final String node;
    private final BodiesGrpc.BodiesStub stub;
    private final BodyFetch fetch;
    private final Incoming<ByteBuffer> incoming = new Incoming<>(this::ask, this::cancel);
    private volatile @Nullable ClientCallStreamObserver<BodyFetch> call;

    FetchCall(String node, BodiesGrpc.BodiesStub stub, BodyFetch fetch) {
        this.node = node;
        this.stub = stub;
        this.fetch = fetch;
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> only) {
        stub.fetch(fetch, this);
        incoming.subscribe(only);
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<BodyFetch> started) {
        started.disableAutoRequestWithInitial(0);
        call = started;
    }

    private void ask(int messages) {
        ClientCallStreamObserver<BodyFetch> started = call;
        if (started != null) {
            started.request(messages);
        }
    }

    private void cancel() {
        ClientCallStreamObserver<BodyFetch> started = call;
        if (started != null) {
            started.cancel("the body is not wanted any more", null);
        }
    }

    @Override
    public void onNext(BodyChunk chunk) {
        ByteBuffer bytes;
        try {
            bytes = Chunks.bytes(chunk);
        } catch (Chunks.DamagedChunkException damaged) {
            incoming.fail(damaged);
            cancel();
            return;
        }
        incoming.next(bytes);
    }

    @Override
    public void onError(Throwable cause) {
        incoming.fail(new PeerException(node, PeerException.Reach.MAYBE_ARRIVED, cause));
    }

    @Override
    public void onCompleted() {
        incoming.complete();
    }
}
