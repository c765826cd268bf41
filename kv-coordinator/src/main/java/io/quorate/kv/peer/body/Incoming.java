package io.quorate.kv.peer.body;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * Messages of a call as a publisher: what its subscriber asks for is asked of the other node. The call
 * gives messages one by one, and none that was not asked for. One subscriber, which comes before the
 * first message.
 */
final class Incoming<T> implements Publisher<T>, Subscription {
    private final IntConsumer asking;
    private final Runnable cancelling;
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile @Nullable Subscriber<? super T> subscriber;

    /**
     * Makes it.
     *
     * @param asking asks the call for so many messages more
     * @param cancelling ends the call
     */
    Incoming(IntConsumer asking, Runnable cancelling) {
        this.asking = asking;
        this.cancelling = cancelling;
    }

    @Override
    public void subscribe(Subscriber<? super T> only) {
        subscriber = only;
        only.onSubscribe(this);
    }

    @Override
    public void request(long messages) {
        if (!over.get()) {
            asking.accept((int) Math.min(messages, Integer.MAX_VALUE));
        }
    }

    @Override
    public void cancel() {
        if (over.compareAndSet(false, true)) {
            cancelling.run();
        }
    }

    void next(T message) {
        Subscriber<? super T> to = subscriber;
        if (to != null && !over.get()) {
            to.onNext(message);
        }
    }

    void fail(Throwable cause) {
        Subscriber<? super T> to = subscriber;
        if (to != null && over.compareAndSet(false, true)) {
            to.onError(cause);
        }
    }

    void complete() {
        Subscriber<? super T> to = subscriber;
        if (to != null && over.compareAndSet(false, true)) {
            to.onComplete();
        }
    }
}
