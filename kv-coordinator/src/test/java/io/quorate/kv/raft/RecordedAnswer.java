package io.quorate.kv.raft;

import io.quorate.kv.KvFailure;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Records what a caller is told, and when. */
final class RecordedAnswer implements LeaderVerifier.Callback, Proposer.Callback<Long> {
    private final List<Object> news = new CopyOnWriteArrayList<>();
    private final CountDownLatch told = new CountDownLatch(1);
    private final CountDownLatch settled = new CountDownLatch(1);
    private volatile long toldNanos;

    @Override
    public void confirmed(long readIndex) {
        tell(readIndex);
    }

    @Override
    public void applied(Long result) {
        tell(result);
    }

    @Override
    public void failed(KvFailure failure) {
        tell(failure);
    }

    @Override
    public void settled() {
        settled.countDown();
    }

    /** Whether it was told that its entry is decided. */
    boolean isSettled() {
        return settled.getCount() == 0;
    }

    private void tell(Object what) {
        toldNanos = System.nanoTime();
        news.add(what);
        told.countDown();
    }

    /** Everything it was told: one thing, if all is well. */
    List<Object> news() {
        return List.copyOf(news);
    }

    boolean isTold() {
        return !news.isEmpty();
    }

    boolean awaitTold() throws InterruptedException {
        return told.await(60, TimeUnit.SECONDS);
    }

    long toldNanos() {
        return toldNanos;
    }
}
