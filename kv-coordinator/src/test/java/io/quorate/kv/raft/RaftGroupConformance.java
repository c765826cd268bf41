package io.quorate.kv.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every engine behind {@link RaftGroup} must pass. A subclass provides the world. */
public abstract class RaftGroupConformance {
    private static final long SEED = 42;

    private @Nullable RaftWorld opened;
    @SuppressWarnings("NullAway.Init") // every test starts with start()
    private RaftWorld world;
    @SuppressWarnings("NullAway.Init") // every test starts with start()
    private RaftDriver driver;

    /** A new world of so many members, all running; the seed decides what is left to chance. */
    protected abstract RaftWorld newWorld(int members, long seed);

    /** How many random runs an ordinary build makes. */
    protected abstract int ordinaryRuns();

    /** How many the long campaign makes. */
    protected abstract int slowRuns();

    private void start(int members) {
        world = newWorld(members, SEED);
        opened = world;
        driver = new RaftDriver(world);
    }

    @AfterEach
    void close() {
        if (opened != null) {
            opened.close();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 5})
    void oneMemberLeadsAndAllKnowIt(int members) {
        start(members);

        String leader = driver.awaitLeader();

        assertThat(world.group(leader).leadership().role()).isEqualTo(Leadership.Role.LEADER);
        assertThat(world.group(leader).leadership().voters())
                .containsExactlyElementsOf(world.members());
    }

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
    void proposalInAnOlderTermIsRefused() {
        start(3);
        String first = driver.awaitLeader();
        long oldTerm = world.group(first).leadership().term();
        world.crash(first);
        String second = driver.awaitLeader();

        Answer answer = driver.propose(second, oldTerm, "old");

        assertThat(answer.failure()).containsInstanceOf(RaftFailure.NotLeader.class);
    }

    @Test
    void followerRefusesAndNamesTheLeader() {
        start(3);
        String leader = driver.awaitLeader();

        Answer answer = driver.propose(driver.others(leader).get(0), "not here");

        assertThat(answer.failure()).contains(new RaftFailure.NotLeader(Optional.of(leader)));
    }

    @Test
    void leaderServesOnlyAfterItsOwnFirstEntry() {
        start(3);
        String leader = driver.awaitLeader();
        List<Leadership> seen = new ArrayList<>();
        List<Long> applied = new ArrayList<>();
        String next = driver.others(leader).get(0);
        world.group(next).onLeadershipChange(now -> {
            if (now.isLeader()) {
                seen.add(now);
                applied.add((long) world.machine(next).history().size());
            }
        });

        world.group(leader).transferLeadership(next, new Answer("transfer"));
        driver.await("it serves", () -> world.group(next).leadership().serving());

        assertThat(seen).hasSize(2);
        assertThat(seen.get(0).serving()).isFalse();
        assertThat(seen.get(1).serving()).isTrue();
        assertThat(world.machine(next).history().get(applied.get(1).intValue() - 1).term())
                .isEqualTo(seen.get(1).term());
    }

    @Test
    void transferHandsLeadershipOver() {
        start(3);
        String leader = driver.awaitLeader();
        String target = driver.others(leader).get(1);
        Answer before = driver.proposeAndWait(leader, "before");
        Answer transfer = new Answer("transfer");

        world.group(leader).transferLeadership(target, transfer);
        driver.await("transferred", transfer::isAnswered);
        String next = driver.awaitLeader();

        assertThat(transfer.isCommitted()).isTrue();
        assertThat(next).isEqualTo(target);
        assertThat(before.isCommitted()).isTrue();
        assertThat(driver.proposeAndWait(next, "after").isCommitted()).isTrue();
    }

    @Test
    void proposalsAreRefusedDuringATransfer() {
        start(3);
        String leader = driver.awaitLeader();
        String target = driver.others(leader).get(0);
        world.cut(leader, target);
        world.group(leader).transferLeadership(target, new Answer("transfer"));
        driver.await("it shows", () -> world.group(leader).leadership().transferring());

        Answer answer = driver.propose(leader, "meanwhile");

        assertThat(answer.failure()).contains(new RaftFailure.LeadershipTransferInProgress());
    }

    @Test
    void failedTransferEndsAndLeaderGoesOn() {
        start(3);
        String leader = driver.awaitLeader();
        String target = driver.others(leader).get(0);
        world.crash(target);
        Answer transfer = new Answer("transfer");

        world.group(leader).transferLeadership(target, transfer);
        driver.await("ended", transfer::isAnswered);

        assertThat(transfer.failure()).contains(new RaftFailure.OutcomeUnknown());
        assertThat(driver.proposeAndWait(driver.awaitLeader(), "on").isCommitted()).isTrue();
    }

    @Test
    void leaderWithoutQuorumStepsDown() {
        start(3);
        String leader = driver.awaitLeader();

        driver.isolate(leader);
        boolean steppedDown = world.runUntil(() -> !world.group(leader).leadership().isLeader(),
                world.electionTimeout().multipliedBy(2));

        assertThat(steppedDown).isTrue();
    }

    @Test
    void followersElectAnotherWithinThreeElectionTimeouts() {
        start(3);
        String leader = driver.awaitLeader();

        world.crash(leader);
        boolean elected = world.runUntil(() -> !driver.serving().isEmpty(),
                world.electionTimeout().multipliedBy(3));

        assertThat(elected).isTrue();
    }

    @Test
    void isolatedMemberDoesNotDisturbTheTermWhenItReturns() {
        start(3);
        String leader = driver.awaitLeader();
        long term = world.group(leader).leadership().term();
        String away = driver.others(leader).get(0);

        driver.isolate(away);
        world.advance(Duration.ofSeconds(10));
        world.healNetwork();
        world.advance(Duration.ofSeconds(3));

        assertThat(driver.awaitLeader()).isEqualTo(leader);
        assertThat(world.group(leader).leadership().term()).isEqualTo(term);
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
    void confirmIsAnsweredByThoseInTheTerm() {
        start(5);
        String leader = driver.awaitLeader();
        Set<String> voters = new HashSet<>();
        world.group(leader).confirms().onConfirmed((voter, term, round) -> {
            if (term == world.group(leader).leadership().term() && round == 7) {
                voters.add(voter);
            }
        });

        world.group(leader).confirms().broadcast(world.group(leader).leadership().term(), 7);
        world.advance(Duration.ofMillis(50));

        assertThat(voters).containsExactlyInAnyOrderElementsOf(driver.others(leader));
    }

    @Test
    void confirmNeedsNoRaftThread() {
        start(3);
        String leader = driver.awaitLeader();
        driver.others(leader).forEach(world::pause);
        AtomicInteger answers = new AtomicInteger();
        world.group(leader).confirms()
                .onConfirmed((voter, term, round) -> answers.incrementAndGet());

        world.group(leader).confirms().broadcast(world.group(leader).leadership().term(), 1);
        world.advance(Duration.ofMillis(10));

        assertThat(answers.get()).isEqualTo(2);
    }

    @Test
    void confirmOfATermThatIsOverIsNotAnswered() {
        start(3);
        String first = driver.awaitLeader();
        long oldTerm = world.group(first).leadership().term();
        driver.isolate(first);
        driver.await("another leads",
                () -> driver.serving().stream().anyMatch(each -> !each.equals(first)));
        world.healNetwork();
        AtomicInteger answers = new AtomicInteger();
        world.group(first).confirms()
                .onConfirmed((voter, term, round) -> answers.incrementAndGet());

        world.group(first).confirms().broadcast(oldTerm, 1);
        world.advance(Duration.ofMillis(50));

        assertThat(answers.get()).isZero();
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
    void transferAskedOfAGroupThatStopsIsAnswered() {
        start(3);
        String leader = driver.awaitLeader();
        Answer transfer = new Answer("transfer");

        world.group(leader).transferLeadership(driver.others(leader).get(0), transfer);
        world.crash(leader);

        assertThat(transfer.answers()).isEqualTo(1);
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

    private void runs(int count, int steps) {
        long committed = 0;
        long confirmed = 0;
        for (int seed = Integer.getInteger("from", 1); seed <= count; seed++) {
            try (RaftWorld each = newWorld(seed % 3 == 0 ? 5 : seed % 20 == 1 ? 1 : 3, seed)) {
                RaftChaos chaos = new RaftChaos(each, seed);
                chaos.run(steps);
                committed += chaos.committed();
                confirmed += chaos.confirmedRounds();
            } catch (RuntimeException | AssertionError failure) {
                throw new AssertionError("seed " + seed, failure);
            }
        }
        assertThat(committed).as("acknowledged proposals").isGreaterThan(10L * count);
        assertThat(confirmed).as("confirmed rounds").isGreaterThan(2L * count);
    }
}
