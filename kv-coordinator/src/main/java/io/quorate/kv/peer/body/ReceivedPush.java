package io.quorate.kv.peer.body;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.quorate.kv.blob.BodyPart;
import io.quorate.kv.blob.BodyPeers;
import io.quorate.kv.peer.wire.BodyEnd;
import io.quorate.kv.peer.wire.BodyPush;
import io.quorate.kv.peer.wire.BodyPushed;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/** One body on its way from another node to this one's disk. Called by one thread at a time. */
final class ReceivedPush implements StreamObserver<BodyPush> {
    private final ServerCallStreamObserver<BodyPushed> call;
    private final Supplier<BodyPeers.@Nullable Replica> replica;
    private final Incoming<BodyPart> incoming;
    private boolean begun;
    private @Nullable Disposable taking;

    ReceivedPush(ServerCallStreamObserver<BodyPushed> call,
            Supplier<BodyPeers.@Nullable Replica> replica) {
        this.call = call;
        this.replica = replica;
        this.incoming = new Incoming<>(call::request, () -> {
            // The answer that follows ends the call.
        });
        call.setOnCancelHandler(this::leave);
    }

    /** The sender has gone. */
    private void leave() {
        incoming.fail(Status.CANCELLED.asRuntimeException());
        if (taking != null) {
            taking.dispose();
        }
    }

    @Override
    public void onNext(BodyPush push) {
        try {
            switch (push.getPartCase()) {
                case BEGIN -> begin(Chunks.id(push.getBegin().getId()));
                case CHUNK -> incoming.next(new BodyPart.Bytes(Chunks.bytes(push.getChunk())));
                case END -> end(push.getEnd());
                case PART_NOT_SET -> throw new IllegalArgumentException("a message without a part");
            }
        } catch (IllegalArgumentException | Chunks.DamagedChunkException bad) {
            refuse(bad);
        }
    }

    private void begin(UUID id) {
        BodyPeers.Replica present = replica.get();
        if (begun) {
            throw new IllegalArgumentException("a body that begins twice");
        }
        begun = true;
        if (present == null) {
            call.onError(BodyService.notYet());
            return;
        }
        taking = present.receive(id, Flux.from(incoming)).subscribe(nothing -> {},
                failed -> call.onError(BodyService.status(failed)), this::answer);
    }

    private void end(BodyEnd end) {
        incoming.next(new BodyPart.End(end.getLength(), end.getCrc32C()));
        incoming.complete();
    }

    private void answer() {
        call.onNext(BodyPushed.getDefaultInstance());
        call.onCompleted();
    }

    private void refuse(RuntimeException bad) {
        if (begun) {
            // The receiver fails, and its failure is the answer.
            incoming.fail(bad);
        } else {
            call.onError(Status.INVALID_ARGUMENT.withCause(bad).asRuntimeException());
        }
    }

    @Override
    public void onError(Throwable cause) {
        incoming.fail(cause);
    }

    @Override
    public void onCompleted() {
        // A body that broke off has no end; after one this says nothing.
        incoming.complete();
    }
}
