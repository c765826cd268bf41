package io.quorate.kv.peer;

import com.google.protobuf.UnsafeByteOperations;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.quorate.kv.Deadline;
import io.quorate.kv.Value;
import io.quorate.kv.peer.wire.AdmissionGrpc;
import io.quorate.kv.peer.wire.AdmissionRequest;
import io.quorate.kv.peer.wire.AdmissionResponse;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/** One question about the membership on a connection that ends with it. */
final class AskCall implements ClientResponseObserver<AdmissionRequest, AdmissionResponse> {
    private final PeerChannel channel;
    private final MonoSink<Value> sink;

    private AskCall(PeerChannel channel, MonoSink<Value> sink) {
        this.channel = channel;
        this.sink = sink;
    }

    static Mono<Value> ask(PeerChannel channel, Value question, Deadline deadline) {
        return Mono.create(sink -> AdmissionGrpc.newStub(channel.channel())
                .withDeadlineAfter(deadline.remainingNanos(), TimeUnit.NANOSECONDS)
                .ask(AdmissionRequest.newBuilder()
                        .setQuestion(UnsafeByteOperations.unsafeWrap(question.shared())).build(),
                        new AskCall(channel, sink)));
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<AdmissionRequest> call) {
        sink.onDispose(() -> {
            call.cancel("nobody waits for the answer", null);
            channel.close();
        });
    }

    @Override
    public void onNext(AdmissionResponse response) {
        sink.success(Value.of(response.getAnswer().toByteArray()));
    }

    @Override
    public void onError(Throwable failure) {
        Metadata trailers = Status.trailersFromThrowable(failure);
        sink.error(PeerHeaders.refusal(trailers)
                .<RuntimeException>map(PeerRefusedException::new)
                .orElseGet(() -> Status.fromThrowable(failure).asRuntimeException()));
    }

    @Override
    public void onCompleted() {
        sink.error(Status.INTERNAL.withDescription("no answer").asRuntimeException());
    }
}
