package io.quorate.kv.raft.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.kv.raft.RaftDriver;
import io.quorate.kv.raft.hazelcast.wire.MessageType;
import java.util.List;
import org.junit.jupiter.api.Test;

class Rule8LaggardIsServedFromTheDiskLogTest extends RuleTest {
    private static final int ENTRIES = 300;

    @Test
    void restartedFollowerNeedsNoCheckpointWhileTheDiskReachesBack() {
        HazelcastWorld world = open(3, MemberDisk::segmented);
        RaftDriver driver = drive(world);
        String leader = driver.awaitLeader();
        String away = driver.others(leader).get(0);
        List<Firewall.Envelope> offers = record(world, MessageType.INSTALL_SNAPSHOT);
        world.crash(away);
        for (int i = 0; i < ENTRIES; i++) {
            driver.proposeAndWait(leader, "e" + i);
        }

        world.restart(away);
        driver.awaitSameHistory();

        assertThat(offers).isEmpty();
        assertThat(world.machine(away).commands()).hasSize(ENTRIES);
    }

    @Test
    void leaderGoesOnFromTheFollowersLastIndexAtOnce() {
        HazelcastWorld world = open(3, MemberDisk::segmented);
        RaftDriver driver = drive(world);
        String leader = driver.awaitLeader();
        String away = driver.others(leader).get(0);
        world.crash(away);
        for (int i = 0; i < 30; i++) {
            driver.proposeAndWait(leader, "e" + i);
        }
        world.crash(leader);
        world.restart(leader);
        driver.awaitLeader();
        List<Firewall.Envelope> refusals = record(world, MessageType.APPEND_FAILURE);

        world.restart(away);
        driver.awaitSameHistory();

        assertThat(refusals).hasSizeLessThan(5);
    }
}
