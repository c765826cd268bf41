package io.quorate.kv.peer;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.quorate.kv.Deadline;
import io.quorate.kv.peer.wire.HandshakeGrpc;
import io.quorate.kv.peer.wire.HelloRequest;
import io.quorate.kv.peer.wire.HelloResponse;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/** One Hello on a connection that ends with it. */
final class HelloCall implements ClientResponseObserver<HelloRequest, HelloResponse> {
    private final Runnable leave;
    private final MonoSink<Hello> sink;

    private HelloCall(Runnable leave, MonoSink<Hello> sink) {
        this.leave = leave;
        this.sink = sink;
    }

    static Mono<Hello> ask(PeerChannel channel, Consumer<PeerChannel> leave, Deadline deadline) {
        return Mono.create(sink -> HandshakeGrpc.newStub(channel.channel())
                .withDeadlineAfter(deadline.remainingNanos(), TimeUnit.NANOSECONDS)
                .hello(HelloRequest.getDefaultInstance(),
                        new HelloCall(() -> leave.accept(channel), sink)));
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<HelloRequest> call) {
        sink.onDispose(() -> {
            call.cancel("nobody waits for the answer", null);
            leave.run();
        });
    }

    @Override
    public void onNext(HelloResponse response) {
        try {
            sink.success(Hello.of(response));
        } catch (IllegalArgumentException malformed) {
            sink.error(Status.INTERNAL.withCause(malformed).asRuntimeException());
        }
    }

    @Override
    public void onError(Throwable failure) {
        Metadata trailers = Status.trailersFromThrowable(failure);
        sink.error(PeerHeaders.refusal(trailers)
                .<RuntimeException>map(PeerRefusedException::new)
                .orElseGet(() -> failure instanceof StatusRuntimeException status
                        ? status
                        : Status.fromThrowable(failure).asRuntimeException()));
    }

    @Override
    public void onCompleted() {
        sink.error(Status.INTERNAL.withDescription("no answer").asRuntimeException());
    }
}
