package io.quorate.kv.raft.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.kv.raft.RaftDriver;
import io.quorate.kv.raft.hazelcast.wire.MessageType;
import java.util.List;
import org.junit.jupiter.api.Test;

class Rule6InstalledCheckpointIsTheWholeStateTest extends RuleTest {
    /** Enough to push the other members' logs past everything the deposed leader has. */
    private static final int ENTRIES = 400;

    private String deposeWithATail(HazelcastWorld world, RaftDriver driver) {
        String deposed = driver.awaitLeader();
        driver.isolate(deposed);
        for (int i = 0; i < 10; i++) {
            driver.propose(deposed, "tail" + i);
        }
        driver.await("another serves",
                () -> driver.serving().stream().anyMatch(each -> !each.equals(deposed)));
        driver.await("deposed", () -> !world.group(deposed).leadership().isLeader());
        String next = driver.serving().get(0);
        for (int i = 0; i < ENTRIES; i++) {
            driver.proposeAndWait(next, "kept" + i);
        }
        return deposed;
    }

    @Test
    void deposedLeadersTailGoesWithTheCheckpoint() {
        HazelcastWorld world = open(3);
        RaftDriver driver = drive(world);
        List<Firewall.Envelope> offers = record(world, MessageType.INSTALL_SNAPSHOT);
        String deposed = deposeWithATail(world, driver);

        world.healNetwork();
        driver.awaitSameHistory();

        assertThat(offers).isNotEmpty();
        assertThat(world.machine(deposed).commands()).hasSize(ENTRIES)
                .noneMatch(text -> text.startsWith("tail"));
    }

    @Test
    void installedMemberRestartsFromWhatWasInstalled() {
        HazelcastWorld world = open(3);
        RaftDriver driver = drive(world);
        String deposed = deposeWithATail(world, driver);
        world.healNetwork();
        driver.awaitSameHistory();

        world.crash(deposed);
        world.restart(deposed);
        driver.proposeAndWait(driver.awaitLeader(), "after");
        driver.awaitSameHistory();

        assertThat(world.machine(deposed).commands()).hasSize(ENTRIES + 1);
    }
}
