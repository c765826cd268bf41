package io.quorate.kv.peer.body;

import io.grpc.stub.CallStreamObserver;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

/**
 * Sends what a publisher gives as messages of a call, one at a time, and asks for the next while the
 * connection takes more.
 */
final class Outgoing<T, M> extends BaseSubscriber<T> {
    private final CallStreamObserver<M> call;
    private final Function<T, M> message;
    private final Function<Throwable, Throwable> failure;
    private final AtomicBoolean asked = new AtomicBoolean();

    /**
     * Makes it; {@link #pull} is to be called whenever the call becomes ready.
     *
     * @param failure what the call ends with when the publisher fails
     */
    Outgoing(CallStreamObserver<M> call, Function<T, M> message,
            Function<Throwable, Throwable> failure) {
        this.call = call;
        this.message = message;
        this.failure = failure;
    }

    /** Asks for the next one if there is room and none is on its way. */
    void pull() {
        if (upstream() != null && call.isReady() && asked.compareAndSet(false, true)) {
            request(1);
        }
    }

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
        pull();
    }

    @Override
    protected void hookOnNext(T value) {
        call.onNext(message.apply(value));
        asked.set(false);
        pull();
    }

    @Override
    protected void hookOnComplete() {
        call.onCompleted();
    }

    @Override
    protected void hookOnError(Throwable throwable) {
        call.onError(failure.apply(throwable));
    }
}
