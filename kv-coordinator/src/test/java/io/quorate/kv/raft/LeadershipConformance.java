package io.quorate.kv.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every engine must do about leadership: elections, transfers, Confirm. */
public abstract class LeadershipConformance extends ConformanceFixture {
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 5})
    void oneMemberLeadsAndAllKnowIt(int members) {
        start(members);

        String leader = driver.awaitLeader();

        assertThat(world.group(leader).leadership().role()).isEqualTo(Leadership.Role.LEADER);
        assertThat(world.group(leader).leadership().voters())
                .containsExactlyElementsOf(world.members());
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
    void transferAskedOfAGroupThatStopsIsAnswered() {
        start(3);
        String leader = driver.awaitLeader();
        Answer transfer = new Answer("transfer");

        world.group(leader).transferLeadership(driver.others(leader).get(0), transfer);
        world.crash(leader);

        assertThat(transfer.answers()).isEqualTo(1);
    }
}
