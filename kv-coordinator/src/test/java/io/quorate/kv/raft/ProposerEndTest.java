package io.quorate.kv.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.kv.KvFailure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

/** How waits for proposals end: by deadlines, by those who leave, with the leadership and with the group. */
class ProposerEndTest extends ProposerFixture {
    @Test
    void aDeadlineInTheQueueIsDefiniteAndTheCommandIsNeverProposed() {
        submit(1);
        RecordedAnswer answer = submit(2);

        time.pass(SECOND.plusMillis(5));
        group.commitAll();

        assertThat(answer.news()).containsExactly(new KvFailure.DeadlineExceeded());
        assertThat(group.log()).map(Numbers::commands).containsExactly(List.of(1L));
    }

    @Test
    void aDeadlineInFlightLeavesTheOutcomeUnknownAndTheBatchGoesOn() {
        submit(1);
        RecordedAnswer impatient = submit(2);
        RecordedAnswer patient = submit(3, Duration.ofSeconds(9));
        group.commitNext();

        time.pass(SECOND.plusMillis(5));
        assertThat(impatient.news()).containsExactly(new KvFailure.OutcomeUnknown());
        group.commitNext();

        assertThat(impatient.news()).hasSize(1);
        assertThat(patient.news()).containsExactly(3L);
    }

    @Test
    void aPassedDeadlineIsAnsweredAtOnce() {
        assertThat(submit(1, Duration.ZERO).news())
                .containsExactly(new KvFailure.DeadlineExceeded());
        assertThat(group.held()).isZero();
    }

    @Test
    void cancellingInTheQueueRemovesTheCommand() {
        submit(1);
        RecordedAnswer answer = new RecordedAnswer();
        Wait wait = proposer.submit(Numbers.command(2), time.in(SECOND), answer);

        assertThat(wait.cancel()).isEqualTo(Wait.Left.REMOVED);
        group.commitAll();

        assertThat(answer.news()).isEmpty();
        assertThat(wait.cancel()).isEqualTo(Wait.Left.ENDED);
        assertThat(group.log()).map(Numbers::commands).containsExactly(List.of(1L));
    }

    @Test
    void cancellingInFlightAbandonsTheWaitAlone() {
        submit(1);
        RecordedAnswer answer = new RecordedAnswer();
        Wait wait = proposer.submit(Numbers.command(2), time.in(SECOND), answer);
        RecordedAnswer other = submit(3);
        group.commitNext();

        assertThat(wait.cancel()).isEqualTo(Wait.Left.ABANDONED);
        group.commitNext();

        assertThat(answer.news()).isEmpty();
        assertThat(other.news()).containsExactly(3L);
        assertThat(group.log()).map(Numbers::commands).containsExactly(List.of(1L),
                List.of(2L, 3L));
    }

    @Test
    void whoStillWaitsWhenTheGroupDoesNotKnowIsSettledAfterItWasTold() {
        RecordedAnswer waiting = submit(1);

        group.failNext(new RaftFailure.OutcomeUnknown());

        assertThat(waiting.news()).containsExactly(new KvFailure.OutcomeUnknown());
        assertThat(waiting.isSettled()).as("or its latches would be held for ever").isTrue();
    }

    @Test
    void whoLeftInFlightHearsWhenItsEntryIsDecided() {
        submit(1);
        RecordedAnswer cancelled = new RecordedAnswer();
        Wait wait = proposer.submit(Numbers.command(2), time.in(SECOND), cancelled);
        RecordedAnswer impatient = submit(3);
        RecordedAnswer patient = submit(4, Duration.ofSeconds(9));
        group.commitNext();
        wait.cancel();
        time.pass(SECOND.plusMillis(5));
        assertThat(cancelled.isSettled() || impatient.isSettled()).isFalse();

        group.commitNext();

        assertThat(cancelled.isSettled()).isTrue();
        assertThat(impatient.isSettled()).isTrue();
        assertThat(patient.isSettled()).as("it was told the result instead").isFalse();
        assertThat(patient.news()).containsExactly(4L);
    }

    @Test
    void aStalledGroupFailsWhatWaitsAtItsOwnBound() {
        RecordedAnswer proposed = submit(1, Duration.ofMinutes(5));
        RecordedAnswer queued = submit(2, Duration.ofMinutes(5));

        time.pass(Duration.ofSeconds(10).plusMillis(5));

        assertThat(proposed.news()).containsExactly(new KvFailure.OutcomeUnknown());
        assertThat(queued.news()).containsExactly(new KvFailure.Overloaded("proposal stall"));
        assertThat(proposer.queuedCommands()).isZero();
        assertThat(time.timer().pending()).isZero();
    }

    @Test
    void whatIsQueuedFailsWhenLeadershipIsLost() {
        RecordedAnswer proposed = submit(1);
        RecordedAnswer queued = submit(2);

        group.stepDown(2, "c");

        assertThat(proposed.news()).containsExactly(new KvFailure.OutcomeUnknown());
        assertThat(queued.news()).containsExactly(new KvFailure.NotLeader(Optional.of("c")));
    }

    @Test
    void whatWasQueuedInAnEarlierTermIsNotProposedInALaterOne() {
        submit(1);
        RecordedAnswer queued = submit(2);

        group.lead(2, true);

        assertThat(queued.news()).singleElement().isInstanceOf(KvFailure.NotLeader.class);
    }

    @Test
    void aTransferFailsWhatIsQueuedAndWhoComes() {
        RecordedAnswer proposed = submit(1);
        RecordedAnswer queued = submit(2);

        group.transferring(true);

        assertThat(queued.news()).containsExactly(new KvFailure.LeadershipTransferInProgress());
        assertThat(submit(3).news())
                .containsExactly(new KvFailure.LeadershipTransferInProgress());
        group.transferring(false);
        group.commitAll();
        assertThat(proposed.news()).containsExactly(1L);
    }

    @Test
    void closingFailsAllWhoWaitAndAllWhoCome() {
        RecordedAnswer proposed = submit(1);
        RecordedAnswer queued = submit(2);

        proposer.close();

        assertThat(proposed.news()).containsExactly(new KvFailure.OutcomeUnknown());
        assertThat(queued.news()).singleElement().isInstanceOf(KvFailure.NotLeader.class);
        assertThat(submit(3).news()).singleElement().isInstanceOf(KvFailure.NotLeader.class);
    }

    @Test
    void cancellingTheSubscriptionRemovesTheWaiter() {
        submit(1);
        Disposable subscription = proposer.propose(Numbers.command(2), time.in(SECOND)).subscribe();
        assertThat(proposer.queuedCommands()).isEqualTo(1);

        subscription.dispose();

        assertThat(proposer.queuedCommands()).isZero();
        assertThat(proposer.queuedBytes()).isZero();
    }
}
