package io.quorate.kv.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.kv.KvFailure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.test.StepVerifier;

class ReadIndexTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ManualTime time = new ManualTime();
    private final ScriptedRaftGroup group = new ScriptedRaftGroup();
    private final LeaderVerifier verifier = new LeaderVerifier(group, time.timer(),
            VerifierLimits.DEFAULT, VerifierListener.NONE);
    private final ReadIndex readIndex = new ReadIndex(group, verifier, time.timer(), 2);

    @Test
    void aReadWaitsForTheRoundAndForApply() {
        group.commitWithoutApply(5);
        RecordedAnswer read = read();
        group.applyUpTo(5);
        assertThat(read.news()).as("applied, not confirmed").isEmpty();

        group.commitWithoutApply(8);
        RecordedAnswer later = read();
        group.confirms().answer("b", 1, 2);
        assertThat(read.news()).containsExactly(5L);
        assertThat(later.news()).as("confirmed, not applied").isEmpty();
        group.applyUpTo(8);

        assertThat(later.news()).containsExactly(8L);
        assertThat(readIndex.waiters()).isZero();
    }

    @Test
    void oneDeadlineEndsEitherStage() {
        RecordedAnswer unconfirmed = read();
        time.pass(SECOND.plusMillis(5));
        assertThat(unconfirmed.news()).containsExactly(new KvFailure.DeadlineExceeded());

        group.confirms().letAnswer("b");
        group.commitWithoutApply(5);
        RecordedAnswer unapplied = read();
        assertThat(readIndex.waiters()).isEqualTo(1);
        time.pass(SECOND.plusMillis(5));

        assertThat(unapplied.news()).containsExactly(new KvFailure.DeadlineExceeded());
        assertThat(readIndex.waiters()).isZero();
        assertThat(group.applyWaiters()).isZero();
    }

    @Test
    void cancellingLeavesNothingInEitherStage() {
        Disposable first = readIndex.barrier(time.in(SECOND)).subscribe();
        assertThat(verifier.waiters()).isEqualTo(1);
        first.dispose();
        assertThat(verifier.waiters()).isZero();

        group.confirms().letAnswer("b");
        group.commitWithoutApply(5);
        Disposable second = readIndex.barrier(time.in(SECOND)).subscribe();
        assertThat(group.applyWaiters()).isEqualTo(1);
        second.dispose();

        assertThat(readIndex.waiters()).isZero();
        assertThat(group.applyWaiters()).isZero();
    }

    @Test
    void whoWaitsForApplyIsBounded() {
        group.confirms().letAnswer("b");
        group.commitWithoutApply(5);
        read();
        read();

        assertThat(read().news()).containsExactly(new KvFailure.Overloaded("apply waiters"));
    }

    @Test
    void aReadBeforeTheFirstEntryOfTheTermIsAppliedWaits() {
        group.confirms().letAnswer("b");
        group.lead(2, false);
        RecordedAnswer read = read();
        assertThat(read.news()).isEmpty();

        group.lead(2, true);

        assertThat(read.news()).containsExactly(0L);
    }

    @Test
    void aFollowerRefusesTheBarrierAndWaitsForAnIndexItWasGiven() {
        group.stepDown(2, "b");
        assertThat(read().news()).containsExactly(new KvFailure.NotLeader(Optional.of("b")));
        group.commitWithoutApply(9);

        StepVerifier.create(readIndex.applied(9, time.in(SECOND)))
                .then(() -> group.applyUpTo(9)).verifyComplete();
    }

    @Test
    void aSingleVoterThatIsUpToDatePassesAtOnce() {
        ScriptedRaftGroup solo = ScriptedRaftGroup.solo();
        LeaderVerifier alone = new LeaderVerifier(solo, time.timer(), VerifierLimits.DEFAULT,
                VerifierListener.NONE);
        ReadIndex barrier = new ReadIndex(solo, alone, time.timer(), 2);

        assertThat(barrier.passesNow()).isTrue();
        StepVerifier.create(barrier.barrier(time.in(SECOND))).verifyComplete();
        assertThat(time.timer().pending()).isZero();
        solo.commitWithoutApply(3);
        assertThat(barrier.passesNow()).isFalse();
        solo.become(new Leadership(1, Leadership.Role.LEADER, Optional.of("a"), false, false,
                List.of("a")));
        solo.applyUpTo(3);
        assertThat(barrier.passesNow()).as("not serving").isFalse();
    }

    @Test
    void theIndexForAFollowerIsGivenWithoutWaitingForApply() {
        group.confirms().letAnswer("c");
        group.commitWithoutApply(6);

        StepVerifier.create(readIndex.readIndex(time.in(SECOND))).expectNext(6L)
                .verifyComplete();
    }

    @Test
    void aStoppedGroupAndAClosedBarrierFailWhoWaitsForApply() {
        group.confirms().letAnswer("b");
        group.commitWithoutApply(5);
        RecordedAnswer first = read();
        group.poison();
        assertThat(first.news()).singleElement().isInstanceOf(KvFailure.Poisoned.class);

        group.lead(2, true);
        RecordedAnswer second = read();
        readIndex.close();
        assertThat(second.news()).singleElement().isInstanceOf(KvFailure.NotLeader.class);
        assertThat(read().news()).singleElement().isInstanceOf(KvFailure.NotLeader.class);
        assertThat(readIndex.waiters()).isZero();
    }

    private RecordedAnswer read() {
        RecordedAnswer answer = new RecordedAnswer();
        readIndex.await(time.in(SECOND), answer);
        return answer;
    }
}
