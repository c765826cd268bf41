package io.quorate.kv.peer.call;

import com.google.protobuf.UnsafeByteOperations;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.quorate.kv.Deadline;
import io.quorate.kv.KvException;
import io.quorate.kv.KvFailure;
import io.quorate.kv.PeerCalls.Handler;
import io.quorate.kv.PeerCalls.Kind;
import io.quorate.kv.Value;
import io.quorate.kv.peer.PeerHeaders;
import io.quorate.kv.peer.wire.CallRequest;
import io.quorate.kv.peer.wire.CallResponse;
import io.quorate.kv.peer.wire.PeerRequestsGrpc;
import io.quorate.kv.peer.wire.PeerStatus;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;

/** Serves other nodes' requests: each within its deadline, until it is answered or cancelled. */
final class PeerRequestService extends PeerRequestsGrpc.PeerRequestsImplBase {
    private static final Logger log = LoggerFactory.getLogger(PeerRequestService.class);

    private final Function<Kind, @Nullable Handler> handlers;

    PeerRequestService(Function<Kind, @Nullable Handler> handlers) {
        this.handlers = handlers;
    }

    @Override
    public void call(CallRequest request, StreamObserver<CallResponse> observer) {
        var call = (ServerCallStreamObserver<CallResponse>) observer;
        Disposable.Swap work = Disposables.swap();
        call.setOnCancelHandler(work::dispose);
        work.update(handle(request).subscribe(answer -> answer(call, answer),
                failure -> fail(call, request, failure)));
    }

    private Mono<Value> handle(CallRequest request) {
        Optional<Kind> kind = CallKinds.decode(request.getKind());
        io.grpc.Deadline deadline = Context.current().getDeadline();
        if (kind.isEmpty() || deadline == null) {
            return Mono.error(new KvFailure.Refused(kind.isEmpty()
                    ? "this node does not know requests of kind " + request.getKindValue()
                    : "a request between nodes has a deadline").asException());
        }
        Handler handler = handlers.apply(kind.get());
        if (handler == null) {
            return Mono.error(new KvFailure.NoLeader().asException());
        }
        Deadline bound = new Deadline(
                System.nanoTime() + deadline.timeRemaining(TimeUnit.NANOSECONDS));
        return Mono.defer(() -> handler.handle(request.getGroup(),
                Value.of(request.getRequest().toByteArray())))
                .single().contextWrite(bound::into);
    }

    private static void answer(ServerCallStreamObserver<CallResponse> call, Value answer) {
        if (!call.isCancelled()) {
            call.onNext(CallResponse.newBuilder()
                    .setAnswer(UnsafeByteOperations.unsafeWrap(answer.shared())).build());
            call.onCompleted();
        }
    }

    private static void fail(ServerCallStreamObserver<CallResponse> call, CallRequest request,
            Throwable failure) {
        if (!(failure instanceof KvException)) {
            log.error("request of another node failed kind={} group={}", request.getKind(),
                    request.getGroup(), failure);
        }
        KvFailure told = failure instanceof KvException known
                ? known.failure()
                : new KvFailure.OutcomeUnknown();
        if (!call.isCancelled()) {
            call.onError(Status.ABORTED.asRuntimeException(PeerHeaders.trailers(PeerStatus
                    .newBuilder().setFailure(FailureCodec.encode(told)).build())));
        }
    }
}
