package io.quorate.kv.raft.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.kv.raft.Leadership;
import io.quorate.kv.raft.RaftDriver;
import io.quorate.kv.raft.hazelcast.wire.MessageType;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rule 6, end: a replica that answers and does not get on has its state replaced, without an operator. */
class Rule6StalledReplicaIsReinstalledTest extends RuleTest {
    private static final int ENTRIES = 20;

    @Test
    void replicaThatAnswersAndDoesNotGetOnIsReinstalled() {
        HazelcastWorld world = open(3, MemberDisk::segmented);
        RaftDriver driver = drive(world);
        String leader = driver.awaitLeader();
        String stuck = stall(world, driver, leader);
        List<Firewall.Envelope> offers = record(world, MessageType.INSTALL_SNAPSHOT);

        driver.await("it has what was committed",
                () -> world.machine(stuck).commands().size() == ENTRIES);

        assertThat(offers).hasSize(1);
        assertThat(reinstalls(world, stuck).installed()).isEqualTo(1);
        assertThat(reinstalls(world, stuck).running()).isFalse();
        driver.await("the leader sees it get on",
                () -> reinstalls(world, leader).stalled() == 0);
        assertThat(world.group(leader).leadership().isLeader()).isTrue();
    }

    @Test
    void offersToOneThatNeverGetsOnAreBounded() {
        HazelcastWorld world = open(3, MemberDisk::segmented);
        RaftDriver driver = drive(world);
        String leader = driver.awaitLeader();
        String stuck = stall(world, driver, leader);
        Firewall.Rule offers = world.firewall().hold(leader, stuck, MessageType.INSTALL_SNAPSHOT);

        boolean another = world.runUntil(
                () -> offers.caught().size() > StalledReplicas.OFFERS_MAX, Duration.ofHours(2));

        assertThat(another).isFalse();
        assertThat(offers.caught()).hasSize(StalledReplicas.OFFERS_MAX);
        assertThat(reinstalls(world, leader).stalled()).isEqualTo(1);
    }

    @Test
    void silentReplicaIsOfferedNothing() {
        HazelcastWorld world = open(3, MemberDisk::segmented);
        RaftDriver driver = drive(world);
        String leader = driver.awaitLeader();
        String silent = driver.others(leader).get(0);
        world.crash(silent);
        List<Firewall.Envelope> offers = record(world, MessageType.INSTALL_SNAPSHOT);
        propose(driver, leader);

        world.runUntil(() -> false, Duration.ofMinutes(2));

        assertThat(offers).isEmpty();
        assertThat(reinstalls(world, leader).stalled()).isZero();
    }

    @Test
    void fetchThatFailsIsTriedAgainAfterPauses() {
        HazelcastWorld world = open(3);
        RaftDriver driver = drive(world);
        String leader = driver.awaitLeader();
        String behind = leaveBehind(driver, leader);
        world.failFetches(4);

        world.healNetwork();
        driver.await("it tries", () -> world.fetches() > 0);
        driver.await("it has failed",
                () -> reinstalls(world, behind).failed() > 0);
        assertThat(reinstalls(world, behind).running()).as("not ready").isTrue();
        long begun = world.nanoTime();
        driver.awaitSameHistory();

        assertThat(world.fetches()).isEqualTo(5);
        assertThat(reinstalls(world, behind).failed()).isEqualTo(4);
        assertThat(reinstalls(world, behind).installed()).isEqualTo(1);
        assertThat(reinstalls(world, behind).running()).isFalse();
        assertThat(Duration.ofNanos(world.nanoTime() - begun).toMillis())
                .as("after 250, 500, 1,000 and 2,000 ms").isGreaterThanOrEqualTo(3_750);
    }

    @Test
    void unusableCheckpointLeavesTheStateAndTheNextIsTaken() {
        HazelcastWorld world = open(3);
        RaftDriver driver = drive(world);
        String leader = driver.awaitLeader();
        String behind = leaveBehind(driver, leader);
        world.machine(behind).refuseCheckpoints(SnapshotInstaller.UNUSABLE_MAX - 1);

        world.healNetwork();
        driver.awaitSameHistory();

        assertThat(reinstalls(world, behind).failed())
                .isEqualTo(SnapshotInstaller.UNUSABLE_MAX - 1);
        assertThat(world.group(behind).leadership().role())
                .isNotEqualTo(Leadership.Role.POISONED);
    }

    @Test
    void memberThatCanOpenNoCheckpointStops() {
        HazelcastWorld world = open(3);
        RaftDriver driver = drive(world);
        String leader = driver.awaitLeader();
        String behind = leaveBehind(driver, leader);
        world.machine(behind).refuseCheckpoints(SnapshotInstaller.UNUSABLE_MAX);

        world.healNetwork();
        driver.await("it stops", () -> world.group(behind).leadership()
                .role() == Leadership.Role.POISONED);

        assertThat(world.group(leader).leadership().isLeader()).isTrue();
    }

    /** Entries do not reach one of the followers; heartbeats do. */
    private static String stall(HazelcastWorld world, RaftDriver driver, String leader) {
        String stuck = driver.others(leader).get(0);
        world.firewall().hold(leader, stuck, MessageType.APPEND);
        propose(driver, leader);
        return stuck;
    }

    /** One of the followers lacks more than the others keep. */
    private static String leaveBehind(RaftDriver driver, String leader) {
        String behind = driver.others(leader).get(0);
        driver.isolate(behind);
        for (int i = 0; i < 20 * ENTRIES; i++) {
            driver.proposeAndWait(leader, "e" + i);
        }
        return behind;
    }

    private static void propose(RaftDriver driver, String leader) {
        for (int i = 0; i < ENTRIES; i++) {
            driver.proposeAndWait(leader, "e" + i);
        }
    }

    private static Reinstalls reinstalls(HazelcastWorld world, String member) {
        return ((HazelcastRaftGroup) world.group(member)).reinstalls();
    }
}
