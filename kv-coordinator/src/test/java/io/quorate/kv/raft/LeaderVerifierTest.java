package io.quorate.kv.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.kv.KvException;
import io.quorate.kv.KvFailure;
import io.quorate.kv.raft.ScriptedConfirms.Question;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.test.StepVerifier;

class LeaderVerifierTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final VerifierLimits TWO_ROUNDS = new VerifierLimits(5, 2, Duration.ofMillis(5),
            Duration.ofMillis(50));

    private final ManualTime time = new ManualTime();
    private final ScriptedRaftGroup group = new ScriptedRaftGroup();
    private final ScriptedConfirms confirms = group.confirms();
    private final LeaderVerifier verifier = new LeaderVerifier(group, time.timer(), TWO_ROUNDS,
            VerifierListener.NONE);

    @Test
    void aQuorumOfThreeIsThisMemberAndOneMore() {
        RecordedAnswer answer = verify();
        assertThat(confirms.questions()).containsExactly(new Question(1, 1));
        assertThat(answer.news()).isEmpty();

        confirms.answer("b", 1, 1);

        assertThat(answer.news()).containsExactly(0L);
        assertThat(verifier.waiters()).isZero();
        assertThat(time.timer().pending()).as("only the resend is left").isEqualTo(1);
    }

    @Test
    void aQuorumOfFiveNeedsTwoDifferentPeers() {
        voters("a", "b", "c", "d", "e");
        RecordedAnswer answer = verify();

        confirms.answer("b", 1, 1);
        confirms.answer("b", 1, 1);
        assertThat(answer.news()).isEmpty();
        confirms.answer("e", 1, 1);

        assertThat(answer.news()).containsExactly(0L);
    }

    @Test
    void aLeaderThatIsNoVoterDoesNotCountItself() {
        voters("b", "c", "d");
        RecordedAnswer answer = verify();

        confirms.answer("b", 1, 1);
        assertThat(answer.news()).isEmpty();
        confirms.answer("c", 1, 1);

        assertThat(answer.news()).containsExactly(0L);
    }

    @Test
    void anAnswerOfSomeoneWithoutAVoteDoesNotCount() {
        RecordedAnswer answer = verify();

        confirms.answer("x", 1, 1);

        assertThat(answer.news()).isEmpty();
    }

    @Test
    void aSingleVoterConfirmsItselfAtOnceAndAsksNobody() {
        voters(ScriptedRaftGroup.SELF);

        RecordedAnswer answer = verify();

        assertThat(answer.news()).containsExactly(0L);
        assertThat(confirms.broadcasts()).isZero();
        assertThat(time.timer().pending()).isZero();
    }

    @Test
    void lateCallerWaitsForNextRound() {
        RecordedAnswer early = verify();
        RecordedAnswer late = verify();
        assertThat(confirms.questions()).containsExactly(new Question(1, 1), new Question(1, 2));

        confirms.answer("b", 1, 1);

        assertThat(early.news()).containsExactly(0L);
        assertThat(late.news()).isEmpty();
    }

    @Test
    void allWhoComeWhileNoRoundMayOpenShareTheNext() {
        verify();
        verify();
        RecordedAnswer third = verify();
        RecordedAnswer fourth = verify();
        assertThat(confirms.broadcasts()).isEqualTo(2);

        confirms.answer("b", 1, 1);
        assertThat(confirms.questions()).last().isEqualTo(new Question(1, 3));
        confirms.answer("c", 1, 3);

        assertThat(third.news()).containsExactly(0L);
        assertThat(fourth.news()).containsExactly(0L);
        assertThat(confirms.broadcasts()).isEqualTo(3);
    }

    @Test
    void anAnswerToARoundCountsForAllEarlierOnes() {
        RecordedAnswer first = verify();
        RecordedAnswer second = verify();

        confirms.answer("c", 1, 2);

        assertThat(first.news()).containsExactly(0L);
        assertThat(second.news()).containsExactly(0L);
    }

    @Test
    void anAnswerOfAnEarlierTermDoesNotCount() {
        verify();
        group.stepDown(2, "b");
        group.lead(3, true);
        RecordedAnswer answer = verify();

        confirms.answer("b", 1, 2);
        confirms.answer("c", 1, 99);
        assertThat(answer.news()).isEmpty();
        confirms.answer("b", 3, 2);

        assertThat(answer.news()).containsExactly(0L);
    }

    @Test
    void aLostQuestionIsAskedAgainWhileSomebodyWaits() {
        RecordedAnswer answer = verify();

        time.pass(Duration.ofMillis(60));
        time.pass(Duration.ofMillis(60));
        assertThat(confirms.questions()).containsExactly(new Question(1, 1), new Question(1, 1),
                new Question(1, 1));
        confirms.answer("b", 1, 1);
        time.pass(SECOND);

        assertThat(answer.news()).containsExactly(0L);
        assertThat(confirms.broadcasts()).as("nobody waits any more").isEqualTo(3);
        assertThat(time.timer().pending()).isZero();
    }

    @Test
    void anOpenRoundIsNotAbandonedWhenOthersOpenAfterIt() {
        RecordedAnswer first = verify();
        for (int i = 0; i < 4; i++) {
            time.pass(Duration.ofMillis(40));
            verify();
        }
        assertThat(verifier.openRounds()).isEqualTo(2);

        confirms.answer("b", 1, 1);

        assertThat(first.news()).containsExactly(0L);
    }

    @Test
    void aCallerOfAStalledGroupNeedNotWaitForTheResend() {
        verify();
        verify();
        time.pass(Duration.ofMillis(10));

        RecordedAnswer answer = verify();
        confirms.letAnswer("b");
        assertThat(confirms.questions()).last().isEqualTo(new Question(1, 3));
        confirms.answer("b", 1, 3);

        assertThat(answer.news()).containsExactly(0L);
    }

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
    void thePublisherCompletesOrCarriesTheFailure() {
        confirms.letAnswer("b");
        StepVerifier.create(verifier.verifyLeader(time.in(SECOND))).verifyComplete();

        group.stepDown(2, "b");
        StepVerifier.create(verifier.verifyLeader(time.in(SECOND)))
                .expectErrorSatisfies(e -> assertThat(((KvException) e).failure())
                        .isEqualTo(new KvFailure.NotLeader(Optional.of("b"))))
                .verify();
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
    void aFollowerAnswersWithoutARound() {
        group.stepDown(2, "c");

        assertThat(verify().news())
                .containsExactly(new KvFailure.NotLeader(Optional.of("c")));
        assertThat(confirms.broadcasts()).isZero();
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

    @Test
    void aChangeOfVotersAsksTheNewOnes() {
        RecordedAnswer answer = verify();
        voters("a", "b", "c", "d", "e");
        assertThat(confirms.questions()).last().isEqualTo(new Question(1, 2));

        confirms.answer("b", 1, 1);
        confirms.answer("d", 1, 1);
        assertThat(answer.news()).as("answers to the round of the old voters").isEmpty();
        confirms.answer("b", 1, 2);
        confirms.answer("d", 1, 2);

        assertThat(answer.news()).containsExactly(0L);
    }

    @Test
    void aReaderWaitsUntilTheLeaderServes() {
        group.lead(5, false);
        RecordedAnswer reader = new RecordedAnswer();
        verifier.readIndex(time.in(SECOND), reader);
        RecordedAnswer prober = verify();
        confirms.letAnswer("b");
        confirms.answer("b", 5, 1);
        assertThat(prober.news()).containsExactly(0L);
        assertThat(reader.news()).isEmpty();

        group.commitWithoutApply(7);
        group.lead(5, true);

        assertThat(reader.news()).containsExactly(7L);
    }

    @Test
    void theReadIndexIsTheCommitIndexAtTheOpeningOfTheRound() {
        group.commitWithoutApply(3);
        RecordedAnswer answer = verify();
        group.commitWithoutApply(9);

        confirms.answer("b", 1, 1);

        assertThat(answer.news()).containsExactly(3L);
    }

    @Test
    void aCallbackThatThrowsKeepsNoOtherWaiting() {
        verifier.verify(time.in(SECOND), new LeaderVerifier.Callback() {
            @Override
            public void confirmed(long readIndex) {
                throw new IllegalStateException("a bug of the caller");
            }

            @Override
            public void failed(KvFailure failure) {}
        });
        RecordedAnswer other = verify();

        confirms.answer("b", 1, 2);

        assertThat(other.news()).containsExactly(0L);
    }

    @Test
    void aCallerMayAskAgainFromItsCallback() {
        RecordedAnswer again = new RecordedAnswer();
        confirms.letAnswer("b");
        verifier.verify(time.in(SECOND), onConfirmed(
                index -> verifier.verify(time.in(SECOND), again)));

        assertThat(again.news()).containsExactly(0L);
    }

    private static LeaderVerifier.Callback onConfirmed(Consumer<Long> action) {
        return new LeaderVerifier.Callback() {
            @Override
            public void confirmed(long readIndex) {
                action.accept(readIndex);
            }

            @Override
            public void failed(KvFailure failure) {
                throw new AssertionError(failure);
            }
        };
    }

    private void voters(String... voters) {
        group.become(new Leadership(1, Leadership.Role.LEADER, Optional.of(ScriptedRaftGroup.SELF),
                true, false, List.of(voters)));
    }

    private RecordedAnswer verify() {
        return verify(SECOND);
    }

    private RecordedAnswer verify(Duration within) {
        RecordedAnswer answer = new RecordedAnswer();
        verifier.verify(time.in(within), answer);
        return answer;
    }
}
