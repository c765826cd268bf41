package io.quorate.kv.peer.service;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.quorate.kv.KvException;
import io.quorate.kv.v1.Retry;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * Answers one unary call with what one publisher yields, under the call's deadline; the call's cancel
 * cancels it. What arrives is sent on the thread it arrives on.
 */
final class UnaryCall<T> implements CoreSubscriber<T> {
    private static final Logger LOG = LoggerFactory.getLogger(UnaryCall.class);
    @SuppressWarnings("rawtypes")
    private static final AtomicReferenceFieldUpdater<UnaryCall, @Nullable Subscription> WORK = AtomicReferenceFieldUpdater
            .newUpdater(UnaryCall.class, Subscription.class, "work");

    private final ServerCallStreamObserver<T> caller;
    private final Retry afterDefect;
    private final Context context;
    private volatile @Nullable Subscription work;

    private UnaryCall(ServerCallStreamObserver<T> caller, Retry afterDefect) {
        this.caller = caller;
        this.afterDefect = afterDefect;
        this.context = CallDeadline.current().into(Context.empty());
    }

    /** A call that changes nothing. */
    static <T> void read(StreamObserver<T> caller, Supplier<Mono<T>> work) {
        new UnaryCall<>((ServerCallStreamObserver<T>) caller, Retry.RETRY_NEVER).begin(work);
    }

    /** A call that may change something. */
    static <T> void write(StreamObserver<T> caller, Supplier<Mono<T>> work) {
        new UnaryCall<>((ServerCallStreamObserver<T>) caller, Retry.RETRY_OUTCOME_UNKNOWN)
                .begin(work);
    }

    private void begin(Supplier<Mono<T>> begun) {
        caller.setOnCancelHandler(() -> Operators.terminate(WORK, this));
        Mono<T> mono;
        try {
            mono = begun.get();
        } catch (KvException refused) {
            onError(refused);
            return;
        }
        mono.subscribe(this);
    }

    @Override
    public Context currentContext() {
        return context;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        if (Operators.setOnce(WORK, this, subscription)) {
            subscription.request(Long.MAX_VALUE);
        }
    }

    @Override
    public void onNext(T answer) {
        caller.onNext(answer);
    }

    @Override
    public void onComplete() {
        caller.onCompleted();
    }

    @Override
    public void onError(Throwable failure) {
        caller.onError(statusOf(failure));
    }

    private StatusRuntimeException statusOf(Throwable failure) {
        return switch (failure) {
            case KvException e -> FailureStatus.of(e.failure());
            case StatusRuntimeException e -> e;
            default -> {
                LOG.error("call failed by a defect", failure);
                yield FailureStatus.defect(afterDefect);
            }
        };
    }
}
