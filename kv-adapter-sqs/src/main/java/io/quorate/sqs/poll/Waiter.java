package io.quorate.sqs.poll;

import io.quorate.sqs.engine.ReceiveCall.Answer;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.MonoSink;

/** One who waits for messages. What it does is guarded by its lobby. */
final class Waiter {
    private final LongPolls.Poll poll;
    private final MonoSink<Answer.Taken> sink;
    /** The look that is on its way, and the end of the wait. */
    private final Disposable.Swap look = Disposables.swap();
    private final Disposable.Swap end = Disposables.swap();
    boolean looking;
    boolean over;

    Waiter(LongPolls.Poll poll, MonoSink<Answer.Taken> sink) {
        this.poll = poll;
        this.sink = sink;
    }

    LongPolls.Poll poll() {
        return poll;
    }

    void endsBy(Disposable timer) {
        end.update(timer);
    }

    void looksBy(Disposable subscription) {
        look.update(subscription);
    }

    void received(Answer.Taken taken) {
        sink.success(taken);
    }

    void endEmpty() {
        sink.success();
    }

    void failed(Throwable failure) {
        sink.error(failure);
    }

    void dispose() {
        look.dispose();
        end.dispose();
    }
}
