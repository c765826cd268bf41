package io.quorate.benchmarks.grpc;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import io.quorate.benchmarks.Measurement;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntSupplier;

/**
 * One caller: asks, waits for the answer, asks again, on the thread that brings the answers. The calls
 * carry no deadline: who waits for the loop bounds that wait.
 */
final class UnaryLoop<Q, A> implements StreamObserver<A> {
    /** What the next item is when there is none. */
    static final int NO_MORE = -1;

    private final Question<Q, A> question;
    private final Channel channel;
    private final IntSupplier items;
    private final CountDownLatch ended;
    private final Measurement measurement = new Measurement();
    private int item;
    private long begun;
    private boolean answered;

    /**
     * Makes a caller.
     *
     * @param items which item is next, or {@link #NO_MORE}
     * @param ended counted down when there are no more
     */
    UnaryLoop(Question<Q, A> question, Channel channel, IntSupplier items, CountDownLatch ended) {
        this.question = question;
        this.channel = channel;
        this.items = items;
        this.ended = ended;
    }

    /** Asks about the next item. */
    void next() {
        item = items.getAsInt();
        if (item == NO_MORE) {
            ended.countDown();
            return;
        }
        answered = false;
        begun = System.nanoTime();
        ClientCalls.asyncUnaryCall(channel.newCall(question.method(), CallOptions.DEFAULT),
                question.request().apply(item), this);
    }

    @Override
    public void onNext(A answer) {
        answered = question.right().isRight(item, answer);
    }

    @Override
    public void onCompleted() {
        if (answered) {
            measurement.right(question.method().getFullMethodName(), System.nanoTime() - begun);
        } else {
            measurement.wrong("a wrong answer about item " + item);
        }
        next();
    }

    @Override
    public void onError(Throwable failure) {
        measurement.wrong(failure.toString());
        next();
    }

    /** What was measured; complete once the loop has ended. */
    Measurement measurement() {
        return measurement;
    }
}
