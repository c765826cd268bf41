package io.quorate.gateway.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quorate.kv.Deadline;
import io.quorate.kv.KvFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

class ProbeRoundsTest {
    private static final Deadline LATER = Deadline.after(Duration.ofMinutes(1));

    private final List<Sinks.Empty<Void>> verifications = new CopyOnWriteArrayList<>();
    private final AtomicInteger cancelled = new AtomicInteger();
    private final List<Verdict> answers = new CopyOnWriteArrayList<>();
    private final ProbeRounds rounds = new ProbeRounds(() -> {
        Sinks.Empty<Void> verification = Sinks.empty();
        verifications.add(verification);
        return verification.asMono().doOnCancel(cancelled::incrementAndGet);
    });

    @Test
    void aProbeIsAnsweredWithItsVerification() {
        ask();

        verifications.getFirst().tryEmitEmpty();

        assertThat(answers).containsExactly(Verdict.OK);
        assertThat(rounds.open()).isZero();
        assertThat(rounds.waiting()).isZero();
    }

    @Test
    void aFailureIsNotLeaderUnlessABoundWasReached() {
        ask();
        ask();

        verifications.get(0).tryEmitError(new KvFailure.DeadlineExceeded().asException());
        verifications.get(1).tryEmitError(new KvFailure.Overloaded("waiters").asException());

        assertThat(answers).containsExactly(Verdict.NOT_LEADER, Verdict.OVERLOADED);
    }

    @Test
    void anUnexpectedFailureIsNotLeader() {
        ask();

        verifications.getFirst().tryEmitError(new IllegalStateException("broken"));

        assertThat(answers).containsExactly(Verdict.NOT_LEADER);
    }

    @Test
    void aThousandProbesNeedAFewVerifications() {
        for (int i = 0; i < 1_000; i++) {
            ask();
        }

        assertThat(verifications).hasSize(ProbeRounds.MAX_OPEN);
        assertThat(rounds.waiting()).isEqualTo(1_000);
    }

    @Test
    void aLateProbeIsNotAnsweredByAnEarlierVerification() {
        fillOpenRounds();
        ask();

        verifications.getFirst().tryEmitEmpty();

        assertThat(answers).hasSize(1);
        assertThat(verifications).hasSize(ProbeRounds.MAX_OPEN + 1);
        verifications.getLast().tryEmitEmpty();
        assertThat(answers).hasSize(2);
    }

    @Test
    void aProbeLeavesAtItsOwnDeadline() {
        StepVerifier.withVirtualTime(
                () -> rounds.ask(Deadline.after(Duration.ofSeconds(1))))
                .expectSubscription().expectNoEvent(Duration.ofMillis(900))
                .thenAwait(Duration.ofMillis(100)).expectNext(Verdict.NOT_LEADER).verifyComplete();

        assertThat(rounds.waiting()).isZero();
        assertThat(cancelled).hasValue(1);
    }

    @Test
    void aVerificationThatNobodyWaitsForIsCancelled() {
        List<Disposable> probes = new ArrayList<>();
        for (int i = 0; i < ProbeRounds.MAX_OPEN + 2; i++) {
            probes.add(ask());
        }

        probes.forEach(Disposable::dispose);

        assertThat(rounds.open()).isZero();
        assertThat(rounds.waiting()).isZero();
        assertThat(cancelled).hasValue(ProbeRounds.MAX_OPEN + 1);
    }

    @Test
    void whoGathersIsServedWhenAHangingVerificationIsLeft() {
        Disposable first = ask();
        for (int i = 1; i < ProbeRounds.MAX_OPEN; i++) {
            ask();
        }
        ask();

        first.dispose();

        assertThat(verifications).hasSize(ProbeRounds.MAX_OPEN + 1);
    }

    @Test
    void probesFromManyThreadsAreAllAnswered() {
        ProbeRounds prompt = new ProbeRounds(() -> Mono.delay(Duration.ofMillis(1)).then());
        AtomicInteger ok = new AtomicInteger();

        for (int i = 0; i < 8; i++) {
            Thread.ofPlatform().start(() -> {
                for (int j = 0; j < 500; j++) {
                    prompt.ask(LATER).filter(Verdict.OK::equals)
                            .subscribe(verdict -> ok.incrementAndGet());
                }
            });
        }

        await().untilAsserted(() -> assertThat(ok).hasValue(4_000));
        assertThat(prompt.open()).isZero();
        assertThat(prompt.waiting()).isZero();
    }

    private void fillOpenRounds() {
        for (int i = 0; i < ProbeRounds.MAX_OPEN; i++) {
            ask();
        }
    }

    private Disposable ask() {
        return rounds.ask(LATER).subscribe(answers::add);
    }
}
