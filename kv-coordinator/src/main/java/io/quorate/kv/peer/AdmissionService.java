package io.quorate.kv.peer;

import com.google.protobuf.UnsafeByteOperations;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.quorate.kv.Deadline;
import io.quorate.kv.Value;
import io.quorate.kv.peer.wire.AdmissionGrpc;
import io.quorate.kv.peer.wire.AdmissionRequest;
import io.quorate.kv.peer.wire.AdmissionResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;

/** Passes questions about the membership to the desk that answers them. */
public final class AdmissionService extends AdmissionGrpc.AdmissionImplBase {
    private static final Logger log = LoggerFactory.getLogger(AdmissionService.class);
    /** Longest question; more is refused before it is looked at. */
    private static final int QUESTION_BYTES_MAX = 4_096;
    private static final Duration PATIENCE_MAX = Duration.ofSeconds(30);

    private final AdmissionDesk desk;

    public AdmissionService(AdmissionDesk desk) {
        this.desk = desk;
    }

    @Override
    public void ask(AdmissionRequest request, StreamObserver<AdmissionResponse> answer) {
        if (request.getQuestion().size() > QUESTION_BYTES_MAX) {
            answer.onError(Status.RESOURCE_EXHAUSTED.withDescription("the question is too long")
                    .asRuntimeException());
            return;
        }
        Disposable running = desk
                .answer(Caller.current().identity(),
                        Value.of(request.getQuestion().toByteArray()))
                .contextWrite(deadline()::into)
                .subscribe(value -> {
                    answer.onNext(AdmissionResponse.newBuilder()
                            .setAnswer(UnsafeByteOperations.unsafeWrap(value.shared())).build());
                    answer.onCompleted();
                }, failure -> fail(answer, failure));
        ((ServerCallStreamObserver<AdmissionResponse>) answer).setOnCancelHandler(running::dispose);
    }

    private static Deadline deadline() {
        Deadline longest = Deadline.after(PATIENCE_MAX);
        return Optional.ofNullable(Context.current().getDeadline())
                .map(deadline -> longest.within(
                        Duration.ofNanos(deadline.timeRemaining(TimeUnit.NANOSECONDS))))
                .orElse(longest);
    }

    private static void fail(StreamObserver<AdmissionResponse> answer, Throwable failure) {
        log.warn("question about the membership not answered", failure);
        answer.onError(Status.UNAVAILABLE.asRuntimeException());
    }
}
