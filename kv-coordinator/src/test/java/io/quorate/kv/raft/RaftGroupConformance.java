package io.quorate.kv.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every engine behind {@link RaftGroup} must pass. A subclass provides the world. */
public abstract class RaftGroupConformance extends LeadershipConformance {
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 5})
    void everyMemberAppliesTheSameEntriesOnce(int members) {
        start(members);
        String leader = driver.awaitLeader();

        List<String> texts = IntStream.range(0, 300).mapToObj(n -> "e" + n).toList();
        texts.forEach(text -> driver.propose(leader, text));
        driver.await("all answered", () -> driver.answers().stream().allMatch(Answer::isAnswered));
        driver.awaitSameHistory();

        assertThat(driver.answers()).allMatch(Answer::isCommitted);
        for (String member : world.members()) {
            assertThat(world.machine(member).commands()).isEqualTo(texts);
        }
    }

    @Test
    void answerCarriesIndexAndWhatTheLeaderApplied() {
        start(3);

        Answer answer = driver.proposeAndWait(driver.awaitLeader(), "a");

        assertThat(answer.applied()).isEqualTo("applied@" + answer.index());
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 5})
    void committedEntrySurvivesTheLeader(int members) {
        start(members);
        String leader = driver.awaitLeader();
        Answer answer = driver.proposeAndWait(leader, "kept");

        world.crash(leader);
        String next = driver.awaitLeader();
        driver.awaitSameHistory();

        assertThat(answer.isCommitted()).isTrue();
        assertThat(next).isNotEqualTo(leader);
        assertThat(world.machine(next).commands()).containsExactly("kept");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 5})
    void committedEntriesSurvivePowerLossEverywhere(int members) {
        start(members);
        String leader = driver.awaitLeader();
        List<String> texts = IntStream.range(0, 100).mapToObj(n -> "e" + n).toList();
        texts.forEach(text -> driver.propose(leader, text));
        driver.await("all answered", () -> driver.answers().stream().allMatch(Answer::isAnswered));

        world.members().forEach(world::crash);
        world.members().forEach(world::restart);
        driver.awaitSameHistory();

        assertThat(driver.answers()).allMatch(Answer::isCommitted);
        for (String member : world.members()) {
            assertThat(world.machine(member).commands()).isEqualTo(texts);
        }
    }

    @Test
    void whatADeposedLeaderAppendedIsUnknown() {
        start(3);
        String leader = driver.awaitLeader();
        driver.isolate(leader);

        Answer answer = driver.proposeAndWait(leader, "lost or not");

        assertThat(answer.failure()).contains(new RaftFailure.OutcomeUnknown());
    }

    @Test
    void unansweredEntryThatReachedAQuorumIsUnknownThoughApplied() {
        start(3);
        String leader = driver.awaitLeader();
        driver.others(leader).forEach(other -> world.cut(other, leader));

        Answer answer = driver.proposeAndWait(leader, "reached them");
        world.healNetwork();
        driver.awaitSameHistory();

        assertThat(answer.failure()).contains(new RaftFailure.OutcomeUnknown());
        assertThat(world.machine(leader).commands()).containsExactly("reached them");
    }

    @Test
    void failedForcePoisonsTheLeaderAndIsNeverAcknowledged() {
        start(3);
        String leader = driver.awaitLeader();
        world.failDisk(leader);

        Answer answer = driver.proposeAndWait(leader, "not on this disk");

        assertThat(answer.isCommitted()).isFalse();
        assertThat(answer.failure()).contains(new RaftFailure.OutcomeUnknown());
        assertThat(world.group(leader).leadership().role()).isEqualTo(Leadership.Role.POISONED);
        assertThat(driver.propose(leader, "again").failure())
                .containsInstanceOf(RaftFailure.Poisoned.class);
    }

    @Test
    void memberWithAFailedDiskIsSilentAndTheOthersGoOn() {
        start(3);
        String leader = driver.awaitLeader();
        String broken = driver.others(leader).get(0);
        String sound = driver.others(leader).get(1);
        world.failDisk(broken);

        Answer answer = driver.proposeAndWait(leader, "on two disks");
        driver.await("poisoned",
                () -> world.group(broken).leadership().role() == Leadership.Role.POISONED);
        world.crash(sound);
        Answer alone = driver.proposeAndWait(leader, "on one disk");

        assertThat(answer.isCommitted()).isTrue();
        assertThat(alone.failure()).contains(new RaftFailure.OutcomeUnknown());
    }

    @Test
    void loneMemberWithAFailedDiskAcknowledgesNothing() {
        start(1);
        String leader = driver.awaitLeader();
        world.failDisk(leader);

        Answer answer = driver.proposeAndWait(leader, "nowhere");

        assertThat(answer.failure()).contains(new RaftFailure.OutcomeUnknown());
        assertThat(world.group(leader).leadership().role()).isEqualTo(Leadership.Role.POISONED);
    }

    @Test
    void exceptionInApplyPoisons() {
        start(1);
        String leader = driver.awaitLeader();
        world.machine(leader).beforeApply(index -> {
            throw new IllegalStateException("cannot apply " + index);
        });

        Answer answer = driver.proposeAndWait(leader, "breaks");

        assertThat(answer.failure()).contains(new RaftFailure.OutcomeUnknown());
        assertThat(world.group(leader).leadership().role()).isEqualTo(Leadership.Role.POISONED);
    }

    @Test
    void entryAboveTheBoundIsTheProposersDefect() {
        start(1);
        RaftGroup group = world.group(driver.awaitLeader());
        byte[] tooLarge = new byte[world.entryBytesMax() + 1];

        assertThatThrownBy(
                () -> group.propose(group.leadership().term(), tooLarge, new Answer("large")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void proposalsBeyondTheWindowAreRefusedAndTheRestGoesThrough() {
        start(3);
        String leader = driver.awaitLeader();
        List<Answer> all = new ArrayList<>();

        for (int i = 0; i < world.window() + 10; i++) {
            all.add(driver.propose(leader, "w" + i));
        }
        driver.await("all answered", () -> all.stream().allMatch(Answer::isAnswered));

        assertThat(all.subList(world.window(), all.size()))
                .allMatch(
                        answer -> answer.failure().orElseThrow() instanceof RaftFailure.Overloaded);
        assertThat(all.subList(0, world.window())).allMatch(Answer::isCommitted);
        assertThat(driver.proposeAndWait(leader, "room again").isCommitted()).isTrue();
    }

    @Test
    void waiterRunsOnceItsIndexIsApplied() {
        start(3);
        String leader = driver.awaitLeader();
        String follower = driver.others(leader).get(0);
        RaftGroup group = world.group(follower);
        long target = world.group(leader).commitIndex() + 1;
        List<Long> seen = new ArrayList<>();
        AtomicInteger removed = new AtomicInteger();

        group.whenApplied(target, () -> seen.add(group.appliedIndex()));
        group.whenApplied(target, removed::incrementAndGet).remove();
        group.whenApplied(0, () -> seen.add(-1L));
        driver.proposeAndWait(leader, "a");
        driver.await("applied", () -> group.appliedIndex() >= target);

        assertThat(seen.get(0)).isEqualTo(-1L);
        assertThat(seen).hasSize(2);
        assertThat(seen.get(1)).isGreaterThanOrEqualTo(target);
        assertThat(removed.get()).isZero();
    }

    @Test
    void memberThatMissedMuchCatchesUp() {
        start(3);
        String leader = driver.awaitLeader();
        String away = driver.others(leader).get(0);
        world.crash(away);
        for (int i = 0; i < 500; i++) {
            driver.proposeAndWait(leader, "e" + i);
        }

        world.restart(away);
        driver.awaitSameHistory();

        assertThat(world.machine(away).commands()).hasSize(500);
    }

    @Test
    void closeAnswersEveryoneWhoWaits() {
        start(3);
        String leader = driver.awaitLeader();
        driver.isolate(leader);
        Answer answer = driver.propose(leader, "pending");
        world.advance(Duration.ofMillis(5));

        world.crash(leader);

        assertThat(answer.failure()).contains(new RaftFailure.OutcomeUnknown());
    }

    @Test
    void nothingAcknowledgedIsLostInRandomRuns() {
        runs(ordinaryRuns(), 300);
    }

    @Test
    @Tag("slow")
    void nothingAcknowledgedIsLostInManyRandomRuns() {
        runs(slowRuns(), 400);
    }
}
