package io.quorate.kv.raft.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.kv.raft.RaftGroup.Registration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AppliedWaitersTest {
    private final AppliedWaiters waiters = new AppliedWaiters();

    @Test
    void removedWaitersDoNotPileUp() {
        waiters.add(5, () -> {});
        for (int i = 0; i < 100_000; i++) {
            waiters.add(10, () -> {}).remove();
        }

        assertThat(waiters.size()).isLessThan(200);
    }

    @Test
    void everyoneUpToTheIndexRunsOnceInIndexOrder() {
        List<Long> ran = new ArrayList<>();
        for (long index : new long[]{7, 3, 9, 3}) {
            waiters.add(index, () -> ran.add(index));
        }

        waiters.advance(7);
        waiters.advance(7);

        assertThat(ran).containsExactly(3L, 3L, 7L);
    }

    @Test
    void removalAfterTheRunIsHarmlessAndRepeatable() {
        AtomicInteger runs = new AtomicInteger();
        Registration registration = waiters.add(1, runs::incrementAndGet);
        waiters.advance(1);

        registration.remove();
        registration.remove();

        assertThat(runs.get()).isEqualTo(1);
        assertThat(waiters.size()).isZero();
    }

    @Test
    void waiterThatComesWhileTheIndexIsAppliedIsNeverForgotten() throws InterruptedException {
        AtomicInteger runs = new AtomicInteger();
        int count = 100_000;
        Thread applier = Thread.ofPlatform().start(() -> {
            for (int index = 1; index <= count; index++) {
                waiters.advance(index);
            }
        });
        for (int index = 1; index <= count; index++) {
            waiters.add(index, runs::incrementAndGet);
        }
        applier.join();

        assertThat(runs.get()).isEqualTo(count);
    }
}
