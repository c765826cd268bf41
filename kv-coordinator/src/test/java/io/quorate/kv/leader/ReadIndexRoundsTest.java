package io.quorate.kv.leader;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.kv.Deadline;
import io.quorate.kv.KvException;
import io.quorate.kv.KvFailure;
import io.quorate.kv.raft.DeadlineTimer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class ReadIndexRoundsTest {
    private static final Deadline LATE = Deadline.after(Duration.ofMinutes(1));

    private final DeadlineTimer timer = new DeadlineTimer("rounds-test");
    private final List<Sinks.One<Long>> asked = new ArrayList<>();
    private final AtomicInteger cancelled = new AtomicInteger();
    private final ReadIndexRounds rounds = new ReadIndexRounds(this::ask, timer,
            ForwardListener.NONE);

    @AfterEach
    void close() {
        timer.close();
    }

    @Test
    void aCallerNeverSharesARoundThatWasOpenedBeforeItCame() {
        openAll();
        CompletableFuture<Long> late = join(LATE);
        asked.getFirst().tryEmitValue(7L);
        assertThat(late).isNotDone();

        asked.getLast().tryEmitValue(8L);

        assertThat(asked).hasSize(ReadIndexRounds.MAX_OPEN + 1);
        assertThat(late).isCompletedWithValue(8L);
    }

    @Test
    void allWhoComeWhileRoundsAreOpenShareTheNext() {
        openAll();
        List<CompletableFuture<Long>> many = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            many.add(join(LATE));
        }
        asked.getFirst().tryEmitValue(7L);
        asked.getLast().tryEmitValue(8L);

        assertThat(asked).hasSize(ReadIndexRounds.MAX_OPEN + 1);
        assertThat(many).allSatisfy(one -> assertThat(one).isCompletedWithValue(8L));
        assertThat(rounds.callers()).isEqualTo(ReadIndexRounds.MAX_OPEN - 1);
    }

    @Test
    void aFailedRoundFailsThoseWhoShareItAndTheNextGoesOn() {
        CompletableFuture<Long> first = join(LATE);
        asked.getFirst().tryEmitError(new KvFailure.NoLeader().asException());

        assertThat(failureOf(first)).isEqualTo(new KvFailure.NoLeader());
        CompletableFuture<Long> second = join(LATE);
        asked.getLast().tryEmitValue(9L);
        assertThat(second).isCompletedWithValue(9L);
    }

    @Test
    void aCallersDeadlineEndsItsWaitAlone() {
        CompletableFuture<Long> hurried = new CompletableFuture<>();
        openAll();
        CompletableFuture<Long> patient = join(LATE);
        rounds.next(Deadline.after(Duration.ofMillis(30))).subscribe(hurried::complete,
                hurried::completeExceptionally);

        Awaitility.await().until(hurried::isDone);
        assertThat(failureOf(hurried)).isEqualTo(new KvFailure.DeadlineExceeded());
        asked.getFirst().tryEmitValue(1L);
        asked.getLast().tryEmitValue(2L);
        assertThat(patient).isCompletedWithValue(2L);
    }

    @Test
    void aRoundThatNobodyWaitsForIsCancelledAndMakesRoom() {
        var only = rounds.next(LATE).subscribe();
        only.dispose();

        assertThat(cancelled).hasValue(1);
        assertThat(rounds.callers()).isZero();
        openAll();
        assertThat(asked).hasSize(1 + ReadIndexRounds.MAX_OPEN);
    }

    @Test
    void whoLeavesIsForgotten() {
        openAll();
        var left = rounds.next(LATE).subscribe();
        left.dispose();

        assertThat(rounds.callers()).isEqualTo(ReadIndexRounds.MAX_OPEN);
        assertThat(timer.pending()).isEqualTo(ReadIndexRounds.MAX_OPEN);
    }

    @Test
    void tooManyCallersAreOverloaded() {
        openAll();
        for (int i = ReadIndexRounds.MAX_OPEN; i < ReadIndexRounds.MAX_CALLERS; i++) {
            rounds.next(LATE).subscribe();
        }

        assertThat(failureOf(join(LATE))).isInstanceOf(KvFailure.Overloaded.class);
    }

    private void openAll() {
        for (int i = 0; i < ReadIndexRounds.MAX_OPEN; i++) {
            CompletableFuture<?> unused = join(LATE);
        }
    }

    private CompletableFuture<Long> join(Deadline deadline) {
        return rounds.next(deadline).toFuture();
    }

    private Mono<Long> ask(Deadline deadline) {
        Sinks.One<Long> answer = Sinks.one();
        asked.add(answer);
        return answer.asMono().doOnCancel(cancelled::incrementAndGet);
    }

    private static KvFailure failureOf(CompletableFuture<?> future) {
        ThrowableAssert.ThrowingCallable join = future::join;
        try {
            join.call();
        } catch (Throwable thrown) {
            Throwable cause = thrown.getCause() == null ? thrown : thrown.getCause();
            return ((KvException) cause).failure();
        }
        throw new AssertionError("it succeeded");
    }
}
