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
import java.util.function.Consumer;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/** One question about the membership on a connection that ends with it. */
final class AskCall implements ClientResponseObserver<AdmissionRequest, AdmissionResponse> {
    private final Runnable leave;
    private final MonoSink<Value> sink;

    private AskCall(Runnable leave, MonoSink<Value> sink) {
        this.leave = leave;
        this.sink = sink;
    }

    static Mono<Value> ask(PeerChannel channel, Consumer<PeerChannel> leave, Value question,
            Deadline deadline) {
        return Mono.create(sink -> AdmissionGrpc.newStub(channel.channel())
                .withDeadlineAfter(deadline.remainingNanos(), TimeUnit.NANOSECONDS)
                .ask(AdmissionRequest.newBuilder()
                        .setQuestion(UnsafeByteOperations.unsafeWrap(question.shared())).build(),
                        new AskCall(() -> leave.accept(channel), sink)));
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<AdmissionRequest> call) {
        sink.onDispose(() -> {
            call.cancel("nobody waits for the answer", null);
            leave.run();
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
