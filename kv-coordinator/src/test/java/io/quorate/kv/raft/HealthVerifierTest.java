package io.quorate.kv.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.kv.KvFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

class HealthVerifierTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ManualTime time = new ManualTime();
    private final ScriptedRaftGroup group = new ScriptedRaftGroup();
    private final LeaderVerifier verifier = new LeaderVerifier(group, time.timer(),
            VerifierLimits.DEFAULT, VerifierListener.NONE);
    private final HealthVerifier health = new HealthVerifier(verifier, time.timer(), 1000);

    @Test
    void aThousandProbesAreOneWaiter() {
        List<RecordedAnswer> probes = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            probes.add(probe(SECOND));
        }
        assertThat(verifier.waiters()).isEqualTo(1);
        assertThat(probe(SECOND).news())
                .containsExactly(new KvFailure.Overloaded("health probes"));

        group.confirms().answer("b", 1, 1);
        assertThat(probes.getFirst().news()).containsExactly(0L);
        assertThat(probes.get(1).news()).as("came while the first round was open").isEmpty();
        group.confirms().answer("b", 1, 2);

        assertThat(probes).allSatisfy(probe -> assertThat(probe.news()).containsExactly(0L));
        assertThat(health.probes()).isZero();
    }

    @Test
    void everyProbeHasItsOwnDeadline() {
        RecordedAnswer first = probe(Duration.ofMillis(100));
        RecordedAnswer second = probe(Duration.ofMillis(300));
        RecordedAnswer third = probe(Duration.ofMillis(200));

        time.pass(Duration.ofMillis(105));
        assertThat(first.news()).containsExactly(new KvFailure.DeadlineExceeded());
        assertThat(third.news()).isEmpty();
        time.pass(Duration.ofMillis(100));
        assertThat(third.news()).containsExactly(new KvFailure.DeadlineExceeded());
        assertThat(second.news()).isEmpty();
        time.pass(Duration.ofMillis(100));
        assertThat(second.news()).containsExactly(new KvFailure.DeadlineExceeded());

        assertThat(health.probes()).isZero();
        assertThat(verifier.waiters()).isZero();
        RecordedAnswer healed = probe(SECOND);
        group.confirms().letAnswer("c");
        time.pass(Duration.ofMillis(60));
        assertThat(healed.news()).containsExactly(0L);
    }

    @Test
    void aProbeThatLeavesDoesNotKeepTheNextOnesWaiting() {
        Disposable first = health.verifyLeader(time.in(SECOND)).subscribe();
        RecordedAnswer second = probe(SECOND);

        first.dispose();
        assertThat(verifier.waiters()).isEqualTo(1);
        group.confirms().answer("b", 1, 2);

        assertThat(second.news()).containsExactly(0L);
        assertThat(health.probes()).isZero();
    }

    @Test
    void allWhoWaitHearThatLeadershipWasLost() {
        RecordedAnswer first = probe(SECOND);
        RecordedAnswer second = probe(SECOND);

        group.stepDown(2, "b");

        assertThat(first.news()).containsExactly(new KvFailure.NotLeader(Optional.of("b")));
        assertThat(second.news()).containsExactly(new KvFailure.NotLeader(Optional.of("b")));
        assertThat(probe(SECOND).news())
                .containsExactly(new KvFailure.NotLeader(Optional.of("b")));
    }

    @Test
    void aSingleVoterAnswersAtOnce() {
        ScriptedRaftGroup solo = ScriptedRaftGroup.solo();
        LeaderVerifier alone = new LeaderVerifier(solo, time.timer(), VerifierLimits.DEFAULT,
                VerifierListener.NONE);
        RecordedAnswer answer = new RecordedAnswer();

        new HealthVerifier(alone, time.timer(), 10).verify(time.in(SECOND), answer);

        assertThat(answer.news()).containsExactly(0L);
        assertThat(time.timer().pending()).isZero();
    }

    private RecordedAnswer probe(Duration within) {
        RecordedAnswer answer = new RecordedAnswer();
        health.verify(time.in(within), answer);
        return answer;
    }
}
