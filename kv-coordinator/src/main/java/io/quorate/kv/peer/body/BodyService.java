package io.quorate.kv.peer.body;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.quorate.kv.KvException;
import io.quorate.kv.KvFailure;
import io.quorate.kv.blob.BodyPeers;
import io.quorate.kv.peer.wire.BodiesGrpc;
import io.quorate.kv.peer.wire.BodyChunk;
import io.quorate.kv.peer.wire.BodyFetch;
import io.quorate.kv.peer.wire.BodyPush;
import io.quorate.kv.peer.wire.BodyPushed;
import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Takes bodies from other nodes, and gives them ours. */
final class BodyService extends BodiesGrpc.BodiesImplBase {
    private final Supplier<BodyPeers.@Nullable Replica> replica;

    /** @param replica who answers, once the node has its bodies open */
    BodyService(Supplier<BodyPeers.@Nullable Replica> replica) {
        this.replica = replica;
    }

    @Override
    public StreamObserver<BodyPush> push(StreamObserver<BodyPushed> answer) {
        var call = (ServerCallStreamObserver<BodyPushed>) answer;
        call.disableAutoRequest();
        call.request(1);
        return new ReceivedPush(call, replica);
    }

    @Override
    public void fetch(BodyFetch request, StreamObserver<BodyChunk> answer) {
        var call = (ServerCallStreamObserver<BodyChunk>) answer;
        BodyPeers.Replica present = replica.get();
        UUID id;
        try {
            id = Chunks.id(request.getId());
        } catch (IllegalArgumentException noId) {
            call.onError(Status.INVALID_ARGUMENT.withCause(noId).asRuntimeException());
            return;
        }
        if (present == null) {
            call.onError(notYet());
            return;
        }
        var outgoing = new Outgoing<ByteBuffer, BodyChunk>(call, Chunks::chunk,
                BodyService::status);
        call.setOnReadyHandler(outgoing::pull);
        call.setOnCancelHandler(outgoing::dispose);
        present.read(id, request.getOffset()).subscribe(outgoing);
    }

    static Throwable notYet() {
        return Status.UNAVAILABLE.withDescription("the node is starting").asRuntimeException();
    }

    /** What the other node is told; the reason is for its log. */
    static Throwable status(Throwable failure) {
        Status status = failure instanceof KvException kv
                ? kv.failure() instanceof KvFailure.Refused ? Status.NOT_FOUND : Status.UNAVAILABLE
                : Status.ABORTED;
        return status.withDescription(String.valueOf(failure.getMessage())).withCause(failure)
                .asRuntimeException();
    }
}
