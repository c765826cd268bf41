package io.quorate.kv.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.kv.KvException;
import io.quorate.kv.KvFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

class ProposerTest extends ProposerFixture {
    @Test
    void aSoloCallerIsProposedAtOnce() {
        RecordedAnswer answer = submit(7);
        assertThat(group.held()).isEqualTo(1);

        group.commitNext();

        assertThat(answer.news()).containsExactly(7L);
        assertThat(time.timer().pending()).isZero();
    }

    @Test
    void whoComesWhileAnEntryIsInFlightSharesTheNext() {
        RecordedAnswer first = submit(1);
        RecordedAnswer second = submit(2);
        RecordedAnswer third = submit(3);
        assertThat(proposer.queuedCommands()).isEqualTo(2);

        group.commitNext();
        group.commitNext();

        assertThat(group.log()).map(Numbers::commands).containsExactly(List.of(1L),
                List.of(2L, 3L));
        assertThat(List.of(first, second, third)).map(answer -> answer.news().getFirst())
                .containsExactly(1L, 2L, 3L);
    }

    @Test
    void aBatchIsBoundedByCount() {
        for (int i = 0; i < 8; i++) {
            submit(i);
        }

        group.commitAll();

        assertThat(group.log()).map(entry -> Numbers.commands(entry).size())
                .containsExactly(1, 3, 3, 1);
    }

    @Test
    void aBatchIsBoundedByBytes() {
        Proposer<Long> narrow = proposer(new ProposerLimits(20, new ProposerLimits.Size(100, 20),
                new ProposerLimits.Size(100, 1000), new ProposerLimits.Size(1, 1000), SECOND));
        for (int i = 0; i < 5; i++) {
            narrow.submit(Numbers.command(i), time.in(SECOND), new RecordedAnswer());
        }

        group.commitAll();

        assertThat(group.log()).map(entry -> Numbers.commands(entry).size())
                .containsExactly(1, 2, 2);
    }

    @Test
    void aCommandLargerThanABatchIsAnEntryOfItsOwn() {
        group.applying((index, entry) -> List.of(index));
        submit(1);
        RecordedAnswer large = new RecordedAnswer();
        proposer.submit(new byte[976], time.in(SECOND), large);
        submit(2);

        group.commitAll();

        assertThat(group.log()).map(entry -> entry.length).containsExactly(16, 984, 16);
        assertThat(large.news()).containsExactly(2L);
    }

    @Test
    void severalEntriesAreInFlightUpToTheirBounds() {
        Proposer<Long> pipelined = proposer(new ProposerLimits(8, new ProposerLimits.Size(1, 8),
                new ProposerLimits.Size(100, 1000), new ProposerLimits.Size(4, 24), SECOND));

        for (int i = 0; i < 10; i++) {
            pipelined.submit(Numbers.command(i), time.in(SECOND), new RecordedAnswer());
        }

        assertThat(group.held()).as("24 bytes in flight").isEqualTo(3);
        assertThat(pipelined.inFlightEntries()).isEqualTo(3);
        group.commitAll();
        assertThat(group.log()).map(entry -> Numbers.commands(entry).getFirst())
                .containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
    }

    @Test
    void stampsRiseInTheOrderOfProposalsByOneForEachCommand() {
        for (int i = 0; i < 7; i++) {
            submit(i);
        }

        group.commitAll();

        assertThat(group.log()).map(Numbers::firstStamp).containsExactly(1000L, 1001L, 1004L);
    }

    @Test
    void aFullQueueIsOverloaded() {
        for (int i = 0; i < 9; i++) {
            submit(i);
        }

        assertThat(submit(9).news()).containsExactly(new KvFailure.Overloaded("proposal queue"));
    }

    @Test
    void aCommandThatFitsNoEntryIsRefused() {
        RecordedAnswer answer = new RecordedAnswer();

        proposer.submit(new byte[1001], time.in(SECOND), answer);

        assertThat(answer.news()).singleElement().isInstanceOf(KvFailure.Refused.class);
    }

    @Test
    void aFollowerRefusesAtOnce() {
        group.stepDown(2, "b");

        assertThat(submit(1).news()).containsExactly(new KvFailure.NotLeader(Optional.of("b")));
    }

    @Test
    void aLeaderStampsNothingBeforeItServes() {
        group.lead(4, false);
        RecordedAnswer answer = submit(1);
        assertThat(group.held()).isZero();

        group.lead(4, true);
        group.commitAll();

        assertThat(answer.news()).containsExactly(1L);
    }

    @Test
    void aRefusalOfTheGroupIsDefiniteForTheWholeBatch() {
        submit(1);
        List<RecordedAnswer> batch = List.of(submit(2), submit(3));
        group.commitNext();

        group.failNext(new RaftFailure.Overloaded("uncommitted entries"));

        assertThat(batch).allSatisfy(answer -> assertThat(answer.news())
                .containsExactly(new KvFailure.Overloaded("uncommitted entries")));
    }

    @Test
    void anUnknownOutcomeIsUnknownForTheWholeBatch() {
        submit(1);
        List<RecordedAnswer> batch = List.of(submit(2), submit(3));
        group.commitNext();

        group.failNext(new RaftFailure.OutcomeUnknown());

        assertThat(batch).allSatisfy(answer -> assertThat(answer.news())
                .containsExactly(new KvFailure.OutcomeUnknown()));
    }

    @Test
    void whoWaitsWhenLeadershipEndsLearnsThatNothingMoreWillBeKnown() {
        RecordedAnswer waiting = submit(1);
        assertThat(waiting.isSettled()).isFalse();

        group.failNext(new RaftFailure.OutcomeUnknown());

        assertThat(waiting.news()).containsExactly(new KvFailure.OutcomeUnknown());
        assertThat(waiting.isSettled()).isTrue();
    }

    @Test
    void resultsThatDoNotFitTheEntryAreNoSuccess() {
        group.applying((index, entry) -> List.of(1L, 2L));
        RecordedAnswer answer = submit(1);

        group.commitNext();

        assertThat(answer.news()).containsExactly(new KvFailure.OutcomeUnknown());
    }

    @Test
    void aCommandThatCannotBeEncodedIsRefusedAndTheNextIsProposed() {
        ProposalFormat<Long> broken = new ProposalFormat<>(count -> 1, (stamp, commands) -> {
            if (commands.getFirst().length != Long.BYTES) {
                throw new IllegalArgumentException("a bug of the encoder");
            }
            return new byte[16];
        }, Long.class);
        Proposer<Long> one = new Proposer<>(group, broken, time.timer(), SMALL,
                ProposerListener.NONE);
        RecordedAnswer refused = new RecordedAnswer();
        one.submit(new byte[3], time.in(SECOND), refused);
        RecordedAnswer next = new RecordedAnswer();
        one.submit(Numbers.command(0), time.in(SECOND), next);

        group.commitAll();

        assertThat(refused.news()).singleElement().isInstanceOf(KvFailure.Refused.class);
        assertThat(next.news()).containsExactly(0L);
    }

    @Test
    void aCallbackThatThrowsKeepsNoOtherWaiting() {
        submit(1);
        proposer.submit(Numbers.command(2), time.in(SECOND), new Proposer.Callback<>() {
            @Override
            public void applied(Long result) {
                throw new IllegalStateException("a bug of the caller");
            }

            @Override
            public void failed(KvFailure failure) {}
        });
        RecordedAnswer other = submit(3);

        group.commitAll();

        assertThat(other.news()).containsExactly(3L);
    }

    @Test
    void aCallerMaySubmitFromItsCallbackWithoutDeepeningTheStack() {
        group.commitByItself(true);
        List<Long> answers = new ArrayList<>();

        count(answers, 20_000);

        assertThat(answers).hasSize(20_000);
    }

    @Test
    void thePublisherGivesTheResultOrTheFailure() {
        group.commitByItself(true);
        StepVerifier.create(proposer.propose(Numbers.command(5), time.in(SECOND)))
                .expectNext(5L).verifyComplete();

        group.stepDown(2, "b");
        StepVerifier.create(proposer.propose(Numbers.command(5), time.in(SECOND)))
                .expectErrorSatisfies(e -> assertThat(((KvException) e).failure())
                        .isEqualTo(new KvFailure.NotLeader(Optional.of("b"))))
                .verify();
    }
}
