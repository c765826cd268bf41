package io.quorate.kv.leader;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.fixtures.time.Punctual;
import io.quorate.kv.Deadline;
import io.quorate.kv.raft.DeadlineTimer;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.random.RandomGenerator;
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
    void aCallerThatLeavesEndsItsPause() {
        Disposable pause = pauses.until(Deadline.after(PATIENCE)).subscribe();

        pause.dispose();

        assertThat(timer.pending()).isZero();
    }
}
