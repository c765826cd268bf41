package io.quorate.kv.node;

import static io.quorate.kv.node.RunningNode.failure;
import static io.quorate.kv.node.RunningNode.key;
import static io.quorate.kv.node.RunningNode.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.kv.KvFailure;
import io.quorate.kv.Mutation.Put;
import io.quorate.kv.Transaction;
import io.quorate.kv.raft.log.FaultyLogFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who leads a cluster some or all of whose disks are full. */
class ClusterSpaceTest {
    private static final long ROOMY = 1L << 30;

    @TempDir
    Path directory;
    private final Map<String, AtomicLong> free = new ConcurrentHashMap<>();
    private final Map<String, FaultyLogFiles> logs = new ConcurrentHashMap<>();
    @SuppressWarnings("NullAway.Init")
    private TestCluster cluster;

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void aLeaderWithoutRoomHandsOverToAVoterThatHasSome() {
        startWithDisks();
        String full = cluster.awaitLeaderId();

        free(full).set(0);

        Awaitility.await("another leads").atMost(TestCluster.PATIENCE)
                .until(() -> !cluster.awaitLeaderId().equals(full));
        awaitCommit(full);
        assertThat(cluster.node(full).health().reasonNotReady())
                .contains("the disk is nearly full");
    }

    @Test
    void aLeaderWhoseLogHasNoRoomHandsOver() {
        cluster = TestCluster.of(directory, 3).withSeamsOf((node, seams) -> seams
                .withLogFiles(logs.computeIfAbsent(node,
                        name -> new FaultyLogFiles(new Random(5)))));
        cluster.startAll();
        String full = cluster.awaitLeaderId();
        FaultyLogFiles disk = Objects.requireNonNull(logs.get(full));

        disk.limitCapacity(disk.usedBytes());

        Awaitility.await("another leads").atMost(TestCluster.PATIENCE)
                .until(() -> !cluster.awaitLeaderId().equals(full));
        awaitCommit(cluster.awaitLeaderId());
    }

    @Test
    void onlyTheOneWithRoomIsHandedLeadership() {
        startWithDisks();
        String leader = cluster.awaitLeaderId();
        List<String> others = cluster.founders().stream().filter(id -> !id.equals(leader))
                .toList();

        free(others.get(0)).set(0);
        Awaitility.await("it says so").atMost(TestCluster.PATIENCE).until(() -> cluster
                .node(others.get(0)).health().reasonNotReady().isPresent());
        free(leader).set(0);

        Awaitility.await("the one with room leads").atMost(TestCluster.PATIENCE)
                .until(() -> cluster.leads(others.get(1)));
        awaitCommit(leader);
    }

    @Test
    void whenNobodyHasRoomLeadershipStaysAndWritesSayThatTheDiskIsFull() {
        startWithDisks();
        cluster.founders().forEach(node -> free(node).set(0));
        Awaitility.await("all are full").atMost(TestCluster.PATIENCE).until(() -> cluster.running()
                .stream().allMatch(id -> cluster.node(id).health().reasonNotReady()
                        .equals(java.util.Optional.of("the disk is nearly full"))));
        // Who was told of room a moment before may still hand over once.
        Awaitility.await("leadership rests").atMost(TestCluster.PATIENCE)
                .during(Duration.ofSeconds(4)).until(this::term, new Unchanged()::test);

        for (String node : cluster.running()) {
            assertThat(failure(cluster.node(node).kv().commit(put()))).as(node)
                    .isEqualTo(new KvFailure.DiskFull());
        }
        free("n2").set(ROOMY);

        Awaitility.await("the one with room leads").atMost(TestCluster.PATIENCE)
                .until(() -> cluster.leads("n2"));
        awaitCommit("n1");
    }

    /** Whether a value is the one seen the first time, or since it last changed. */
    private static final class Unchanged {
        private long seen = -1;

        boolean test(long now) {
            boolean same = now == seen;
            seen = now;
            return same;
        }
    }

    private long term() {
        return RunningNode.await(cluster.node("n1").admin().orElseThrow().status()).term();
    }

    private void startWithDisks() {
        cluster = TestCluster.of(directory, 3).withSeamsOf(
                (node, seams) -> seams.withFreeSpace(path -> () -> free(node).get()));
        cluster.startAll();
        cluster.awaitLeader();
    }

    private AtomicLong free(String node) {
        return free.computeIfAbsent(node, name -> new AtomicLong(ROOMY));
    }

    private void awaitCommit(String node) {
        Awaitility.await("a commit asked of " + node).atMost(TestCluster.PATIENCE)
                .ignoreExceptions().until(() -> {
                    RunningNode.await(cluster.node(node).kv().commit(put()));
                    return true;
                });
    }

    private static Transaction put() {
        return Transaction.of(new Put(key("a"), value("1")));
    }
}
