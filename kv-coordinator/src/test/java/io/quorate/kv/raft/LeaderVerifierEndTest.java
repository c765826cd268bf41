package io.quorate.kv.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.kv.KvFailure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

/** How waits for a verification end: by deadlines, by those who leave, with the leadership and with the group. */
class LeaderVerifierEndTest extends VerifierFixture {
    @Test
    void theDeadlineEndsTheWaitAndNothingElse() {
        RecordedAnswer shorter = verify(Duration.ofMillis(100));
        RecordedAnswer longer = verify(SECOND);

        time.pass(Duration.ofMillis(99));
        assertThat(shorter.news()).isEmpty();
        time.pass(Duration.ofMillis(6));

        assertThat(shorter.news()).containsExactly(new KvFailure.DeadlineExceeded());
        assertThat(longer.news()).isEmpty();
        assertThat(verifier.waiters()).isEqualTo(1);
    }

    @Test
    void aPassedDeadlineIsAnsweredAtOnce() {
        RecordedAnswer answer = verify(Duration.ZERO);

        assertThat(answer.news()).containsExactly(new KvFailure.DeadlineExceeded());
        assertThat(confirms.broadcasts()).isZero();
    }

    @Test
    void aCallerThatCancelsLeavesNoWaiter() {
        RecordedAnswer answer = new RecordedAnswer();
        Wait wait = verifier.verify(time.in(SECOND), answer);

        assertThat(wait.cancel()).isEqualTo(Wait.Left.REMOVED);
        assertThat(wait.cancel()).isEqualTo(Wait.Left.ENDED);
        confirms.answer("b", 1, 1);

        assertThat(answer.news()).isEmpty();
        assertThat(verifier.waiters()).isZero();
        assertThat(verifier.openRounds()).isZero();
    }

    @Test
    void cancellingTheSubscriptionLeavesNoWaiter() {
        Disposable subscription = verifier.verifyLeader(time.in(SECOND)).subscribe();
        assertThat(verifier.waiters()).isEqualTo(1);

        subscription.dispose();

        assertThat(verifier.waiters()).isZero();
    }

    @Test
    void beyondTheBoundIsOverloaded() {
        for (int i = 0; i < TWO_ROUNDS.waiters(); i++) {
            verify();
        }

        assertThat(verify().news())
                .containsExactly(new KvFailure.Overloaded("leadership waiters"));
    }

    @Test
    void aTransferFailsThoseWhoWaitAndThoseWhoCome() {
        RecordedAnswer waiting = verify();

        group.transferring(true);

        assertThat(waiting.news())
                .containsExactly(new KvFailure.LeadershipTransferInProgress());
        assertThat(verify().news())
                .containsExactly(new KvFailure.LeadershipTransferInProgress());
        group.transferring(false);
        confirms.letAnswer("b");
        assertThat(verify().news()).containsExactly(0L);
    }

    @Test
    void losingLeadershipFailsAllWhoWait() {
        List<RecordedAnswer> waiting = List.of(verify(), verify(), verify());

        group.stepDown(2, "b");

        assertThat(waiting).allSatisfy(answer -> assertThat(answer.news())
                .containsExactly(new KvFailure.NotLeader(Optional.of("b"))));
        assertThat(verifier.waiters()).isZero();
    }

    @Test
    void aStoppedGroupFailsTyped() {
        RecordedAnswer waiting = verify();

        group.poison();

        assertThat(waiting.news()).singleElement().isInstanceOf(KvFailure.Poisoned.class);
    }

    @Test
    void closingFailsAllWhoWaitAndAllWhoCome() {
        RecordedAnswer waiting = verify();

        verifier.close();

        assertThat(waiting.news()).singleElement().isInstanceOf(KvFailure.NotLeader.class);
        assertThat(verify().news()).singleElement().isInstanceOf(KvFailure.NotLeader.class);
    }
}
