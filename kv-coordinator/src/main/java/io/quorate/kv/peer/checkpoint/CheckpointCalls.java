package io.quorate.kv.peer.checkpoint;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.quorate.kv.KvException;
import io.quorate.kv.KvFailure;
import io.quorate.kv.peer.Caller;
import io.quorate.kv.peer.PeerHeaders;
import io.quorate.kv.peer.Uuids;
import io.quorate.kv.peer.call.FailureCodec;
import io.quorate.kv.peer.wire.CheckpointChunk;
import io.quorate.kv.peer.wire.CheckpointManifest;
import io.quorate.kv.peer.wire.CheckpointsGrpc;
import io.quorate.kv.peer.wire.FetchCheckpoint;
import io.quorate.kv.peer.wire.Nothing;
import io.quorate.kv.peer.wire.PeerStatus;
import io.quorate.kv.peer.wire.PrepareCheckpoint;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the calls of nodes that want checkpoints; called on event loops. */
final class CheckpointCalls extends CheckpointsGrpc.CheckpointsImplBase {
    private static final Logger log = LoggerFactory.getLogger(CheckpointCalls.class);

    private final CheckpointOffers offers;
    private final Executor senders;
    private final ByteRate rate;
    private final CheckpointListener listener;

    CheckpointCalls(CheckpointOffers offers, Executor senders, ByteRate rate,
            CheckpointListener listener) {
        this.offers = offers;
        this.senders = senders;
        this.rate = rate;
        this.listener = listener;
    }

    @Override
    public void prepare(PrepareCheckpoint request, StreamObserver<CheckpointManifest> observer) {
        var call = (ServerCallStreamObserver<CheckpointManifest>) observer;
        call.setOnCancelHandler(() -> log.debug("nobody waits for the checkpoint group={}",
                request.getGroup()));
        var unused = offers.prepare(request.getGroup(), request.getAtLeast())
                .whenComplete((ready, failure) -> prepared(call, request, ready, failure));
    }

    private static void prepared(ServerCallStreamObserver<CheckpointManifest> call,
            PrepareCheckpoint request, @Nullable OfferedCheckpoint ready,
            @Nullable Throwable failure) {
        if (call.isCancelled()) {
            return;
        }
        if (ready != null && ready.manifest().mark().index() >= request.getAtLeast()) {
            call.onNext(ready.manifest().toWire());
            call.onCompleted();
            return;
        }
        Throwable cause = failure instanceof CompletionException wrapped
                ? wrapped.getCause()
                : failure;
        fail(call, cause instanceof KvException known
                ? known.failure()
                : new KvFailure.NoLeader());
    }

    @Override
    public void fetch(FetchCheckpoint request, StreamObserver<CheckpointChunk> observer) {
        var call = (ServerCallStreamObserver<CheckpointChunk>) observer;
        Optional<UUID> id = Uuids.decode(request.getCheckpointId());
        OfferedCheckpoint found = id.flatMap(offers::enter).orElse(null);
        if (found == null) {
            call.onError(Status.NOT_FOUND.asRuntimeException(PeerHeaders.trailers(PeerStatus
                    .newBuilder().setCheckpointGone(Nothing.getDefaultInstance()).build())));
            return;
        }
        String receiver = Caller.current().nodeId();
        SendingStream stream = new SendingStream(found, call, rate,
                bytes -> listener.sent(found.group(), receiver, bytes));
        call.setOnReadyHandler(stream::wake);
        call.setOnCancelHandler(stream::wake);
        try {
            senders.execute(() -> send(stream, found, request, receiver));
        } catch (RejectedExecutionException tooMany) {
            offers.leave(found);
            fail(call, new KvFailure.Overloaded("checkpoints.streams"));
        }
    }

    private void send(SendingStream stream, OfferedCheckpoint checkpoint, FetchCheckpoint request,
            String receiver) {
        try {
            log.info("checkpoint sent to={} group={} index={} file={} offset={}", receiver,
                    checkpoint.group(), checkpoint.manifest().mark().index(), request.getFile(),
                    request.getOffset());
            listener.sends(checkpoint.group(), receiver, checkpoint.manifest().bytes());
            stream.send(request.getFile(), request.getOffset());
        } catch (RuntimeException broken) {
            log.info("checkpoint stream ended to={} group={}", receiver, checkpoint.group(),
                    broken);
        } finally {
            listener.sends(checkpoint.group(), receiver, 0);
            offers.leave(checkpoint);
        }
    }

    private static void fail(StreamObserver<?> call, KvFailure failure) {
        call.onError(Status.UNAVAILABLE.asRuntimeException(PeerHeaders.trailers(PeerStatus
                .newBuilder().setFailure(FailureCodec.encode(failure)).build())));
    }
}
