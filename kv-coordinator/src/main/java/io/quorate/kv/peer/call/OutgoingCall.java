package io.quorate.kv.peer.call;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.Status;
import io.quorate.kv.Deadline;
import io.quorate.kv.PeerException;
import io.quorate.kv.PeerException.Reach;
import io.quorate.kv.Value;
import io.quorate.kv.peer.PeerHeaders;
import io.quorate.kv.peer.PeerRefusedException;
import io.quorate.kv.peer.wire.CallRequest;
import io.quorate.kv.peer.wire.CallResponse;
import io.quorate.kv.peer.wire.PeerRequestsGrpc;
import io.quorate.kv.peer.wire.PeerStatus;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/** One request under way. Called by one thread at a time. */
final class OutgoingCall extends ClientCall.Listener<CallResponse> {
    private final String node;
    private final MonoSink<Value> sink;
    private final SentTracer tracer;
    private @Nullable Value answer;

    private OutgoingCall(String node, MonoSink<Value> sink, SentTracer tracer) {
        this.node = node;
        this.sink = sink;
        this.tracer = tracer;
    }

    static Mono<Value> make(Channel channel, String node, Deadline deadline, CallRequest request) {
        return Mono.create(sink -> {
            SentTracer tracer = new SentTracer();
            ClientCall<CallRequest, CallResponse> call = newCall(channel, CallOptions.DEFAULT
                    .withDeadlineAfter(deadline.remainingNanos(), TimeUnit.NANOSECONDS)
                    .withStreamTracerFactory(tracer));
            call.start(new OutgoingCall(node, sink, tracer), new Metadata());
            call.request(1);
            call.sendMessage(request);
            call.halfClose();
            sink.onCancel(() -> call.cancel("nobody waits for the answer", null));
        });
    }

    /** Outside of whatever call this thread serves: its end ends this one only if its Mono is cancelled. */
    private static ClientCall<CallRequest, CallResponse> newCall(Channel channel,
            CallOptions options) {
        Context served = Context.ROOT.attach();
        try {
            return channel.newCall(PeerRequestsGrpc.getCallMethod(), options);
        } finally {
            Context.ROOT.detach(served);
        }
    }

    @Override
    public void onMessage(CallResponse response) {
        answer = Value.of(response.getAnswer().toByteArray());
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
        Value came = answer;
        if (status.isOk() && came != null) {
            sink.success(came);
            return;
        }
        sink.error(PeerHeaders.status(trailers).map(this::answered)
                .orElseGet(() -> new PeerException(node,
                        tracer.mayBeSent() ? Reach.MAYBE_ARRIVED : Reach.NOT_SENT,
                        status.asRuntimeException(trailers))));
    }

    /** What the node answered, or why it did not. */
    private RuntimeException answered(PeerStatus status) {
        return switch (status.getStatusCase()) {
            case FAILURE -> FailureCodec.decode(status.getFailure()).asException();
            case REFUSAL -> new PeerException(node, Reach.NOT_SENT,
                    new PeerRefusedException(PeerHeaders.refusal(status.getRefusal())));
            case CHECKPOINT_GONE, STATUS_NOT_SET -> new PeerException(node, Reach.MAYBE_ARRIVED,
                    new IllegalStateException("a status of a kind that is not known here"));
        };
    }
}
