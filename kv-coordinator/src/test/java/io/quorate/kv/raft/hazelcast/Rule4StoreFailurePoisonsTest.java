package io.quorate.kv.raft.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.kv.raft.Leadership;
import io.quorate.kv.raft.RaftDriver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class Rule4StoreFailurePoisonsTest extends RuleTest {
    private final Map<String, InMemoryGroupLog> logs = new HashMap<>();

    private HazelcastWorld openWithLogs(int members) {
        return open(members, (member, random) -> {
            MemberDisk disk = MemberDisk.inMemory(member, random);
            logs.put(member, (InMemoryGroupLog) disk.open(time -> {}));
            return disk;
        });
    }

    private InMemoryGroupLog log(String member) {
        InMemoryGroupLog log = logs.get(member);
        if (log == null) {
            throw new IllegalArgumentException(member);
        }
        return log;
    }

    @Test
    void followerWhoseLogFailedOnceSaysNothingMore() {
        HazelcastWorld world = openWithLogs(3);
        RaftDriver driver = drive(world);
        String leader = driver.awaitLeader();
        String broken = driver.others(leader).get(0);
        List<Firewall.Envelope> said = new ArrayList<>();
        log(broken).failAppends(new IllegalStateException("the disk failed once"));

        driver.proposeAndWait(leader, "x");
        log(broken).failAppends(null);
        world.firewall().observe(envelope -> {
            if (envelope.from().equals(broken)) {
                said.add(envelope);
            }
        });
        world.advance(Duration.ofSeconds(3));

        assertThat(world.group(broken).leadership().role()).isEqualTo(Leadership.Role.POISONED);
        assertThat(said).isEmpty();
    }

    @Test
    void leaderWhoseLogFailedOnceIsReplaced() {
        HazelcastWorld world = openWithLogs(3);
        RaftDriver driver = drive(world);
        String leader = driver.awaitLeader();
        log(leader).failAppends(new IllegalStateException("the disk failed once"));

        boolean committed = driver.proposeAndWait(leader, "x").isCommitted();
        log(leader).failAppends(null);
        driver.await("another serves",
                () -> driver.serving().stream().anyMatch(each -> !each.equals(leader)));

        assertThat(committed).isFalse();
        assertThat(world.group(leader).leadership().role()).isEqualTo(Leadership.Role.POISONED);
    }
}
