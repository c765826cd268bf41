package io.quorate.kv.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.kv.KvException;
import io.quorate.kv.KvFailure;
import io.quorate.kv.raft.ScriptedConfirms.Question;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

class LeaderVerifierTest extends VerifierFixture {
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
    void aFollowerAnswersWithoutARound() {
        group.stepDown(2, "c");

        assertThat(verify().news())
                .containsExactly(new KvFailure.NotLeader(Optional.of("c")));
        assertThat(confirms.broadcasts()).isZero();
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
}
