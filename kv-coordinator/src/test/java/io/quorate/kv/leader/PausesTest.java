package io.quorate.kv.leader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.fixtures.time.Punctual;
import io.quorate.kv.Deadline;
import io.quorate.kv.KvException;
import io.quorate.kv.KvFailure;
import io.quorate.kv.raft.DeadlineTimer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/** The time between two cycles of tries. */
class PausesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final DeadlineTimer timer = new DeadlineTimer("pauses");
    private final Pauses pauses = new Pauses(timer, Runnable::run, RandomGenerator.getDefault());

    @AfterEach
    void close() {
        timer.close();
    }

    @Test
    void aPauseIsNotShorterThanTwentyMillis() throws Exception {
        Punctual.between(Duration.ofMillis(20), Duration.ofSeconds(1),
                () -> assertThat(pauses.until(Deadline.after(PATIENCE)).block(PATIENCE)).isTrue());
    }

    @Test
    void theDeadlineCutsAPauseShort() {
        Queue<String> ended = new ConcurrentLinkedQueue<>();
        Mono<Boolean> whole = pauses.until(Deadline.after(PATIENCE))
                .doOnSuccess(end -> ended.add("whole"));
        Mono<Boolean> cut = pauses.until(Deadline.after(Duration.ofMillis(1)))
                .doOnSuccess(end -> ended.add("cut short"));

        Mono.when(whole, cut).block(PATIENCE);

        assertThat(ended).containsExactly("cut short", "whole");
    }

    @Test
    void whoWaitsIsBoundedAndLeavesRoomBehind() {
        Deadline never = Deadline.after(PATIENCE);
        long now = System.nanoTime();
        try (DeadlineTimer still = new DeadlineTimer("still", DeadlineTimer.DEFAULT_CAPACITY,
                () -> now)) {
            fillUp(new Pauses(still, Runnable::run, RandomGenerator.getDefault()), never);
        }
    }

    private static void fillUp(Pauses slow, Deadline never) {
        List<Disposable> most = new ArrayList<>();
        for (int i = 0; i < Pauses.WAITING_MAX; i++) {
            most.add(slow.until(never).subscribe());
        }
        assertThat(slow.waiting()).isEqualTo(Pauses.WAITING_MAX);
        assertThatThrownBy(() -> slow.until(never).block(PATIENCE))
                .isInstanceOfSatisfying(KvException.class, full -> assertThat(full.failure())
                        .isEqualTo(new KvFailure.Overloaded("forward.waiting")));

        most.getFirst().dispose();
        Disposable next = slow.until(never).subscribe();
        assertThat(next.isDisposed()).isFalse();
        most.forEach(Disposable::dispose);
        next.dispose();
        assertThat(slow.waiting()).isZero();
    }

    @Test
    void moreWhoWaitDoNotComeBackMoreOften() {
        Pauses crowded = new Pauses(timer, Runnable::run, RandomGenerator.getDefault());
        List<Disposable> others = new ArrayList<>();
        AtomicInteger back = new AtomicInteger();
        int crowd = 8 * Pauses.UNHURRIED;
        for (int i = 0; i < crowd; i++) {
            others.add(crowded.until(Deadline.after(PATIENCE)).repeat()
                    .subscribe(end -> back.incrementAndGet()));
        }
        long begun = System.nanoTime();
        Awaitility.await().atMost(PATIENCE).until(() -> back.get() >= 2 * crowd);
        long millis = Duration.ofNanos(System.nanoTime() - begun).toMillis();
        others.forEach(Disposable::dispose);

        // Two rounds of eight times 20 ms at least, but for those who came first.
        assertThat(millis).isGreaterThan(100);
    }

    @Test
    void aCallerThatLeavesEndsItsPause() {
        Disposable pause = pauses.until(Deadline.after(PATIENCE)).subscribe();

        pause.dispose();

        assertThat(timer.pending()).isZero();
    }
}
