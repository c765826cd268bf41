package io.quorate.kv.node;

import static io.quorate.kv.node.RunningNode.awaitEnd;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.kv.KvException;
import io.quorate.kv.KvFailure;
import io.quorate.kv.raft.log.FaultyLogFiles;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One of three nodes has a bad disk, or every one has a bad clock, under load: the others go on, every call happens
 * once, and after a restart on what the disk really holds the node takes part again.
 */
class ClusterFaultTest {
    private static final int CALLS = 100;

    @TempDir
    Path directory;
    private final Map<String, FaultyLogFiles> disks = new ConcurrentHashMap<>();
    private final Random random = new Random(11);
    @SuppressWarnings("NullAway.Init")
    private TestCluster cluster;

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void aForceThatFailsOnAFollowerStopsItAloneAndItComesBack() {
        startOnDisksInMemory();
        breakDisk(cluster.awaitFollowerId(), disk -> disk.failForceAfter(0));
    }

    @Test
    void aForceThatFailsOnTheLeaderIsAnEndOfItsLeadershipAndItComesBack() {
        startOnDisksInMemory();
        breakDisk(cluster.awaitLeaderId(), disk -> disk.failForceAfter(0));
    }

    @Test
    void aWriteThatFailsHalfwayOnTheLeaderIsAnEndOfItsLeadershipAndItComesBack() {
        startOnDisksInMemory();
        breakDisk(cluster.awaitLeaderId(), disk -> disk.failWriteAfter(0));
    }

    @Test
    void aFullDiskOfAFollowerStopsItAloneAndItComesBackWithMoreRoom() {
        startOnDisksInMemory();
        breakDisk(cluster.awaitFollowerId(), disk -> disk.limitCapacity(disk.usedBytes()));
    }

    @Test
    void callsOnANodeThatIsStoppedAllEndAndHappenOnce() {
        startOnDisksInMemory();
        try (Increments load = Increments.on(cluster)) {
            for (int round = 0; round < 6; round++) {
                load.awaitMore(CALLS);
                String leader = cluster.awaitLeaderId();
                cluster.stop(leader);
                Increments.serve(cluster.start(leader));
                cluster.awaitReady();
            }
            load.assertEachHappenedOnce();
        }
    }

    @Test
    void aDiskThatStallsOnAFollowerDelaysNobodyAndItCatchesUp() {
        Map<String, StallingLogFiles> stalling = new HashMap<>();
        for (String node : List.of("n1", "n2", "n3")) {
            stalling.put(node, new StallingLogFiles());
        }
        start((node, seams) -> seams.withLogFiles(Objects.requireNonNull(stalling.get(node))));
        try (Increments load = Increments.on(cluster)) {
            load.awaitMore(CALLS);
            String follower = cluster.awaitFollowerId();
            StallingLogFiles disk = Objects.requireNonNull(stalling.get(follower));

            disk.stall();
            try {
                load.awaitMore(5 * CALLS);
                assertThat(cluster.leads(follower)).isFalse();
            } finally {
                disk.goOn();
            }
            cluster.awaitReady();
            transferTo(follower);
            load.awaitMore(CALLS);
            load.assertEachHappenedOnce();
        }
    }

    @Test
    void clocksThatAreAMinuteOffOrJumpChangeNothing() throws InterruptedException {
        AtomicLong jumping = new AtomicLong();
        start((node, seams) -> seams.withWall(switch (node) {
            case "n1" -> () -> System.currentTimeMillis() + 60_000;
            case "n2" -> () -> System.currentTimeMillis() - 60_000;
            default -> () -> System.currentTimeMillis() + jumping.get();
        }));
        CountDownLatch never = new CountDownLatch(1);
        try (Increments load = Increments.on(cluster)) {
            for (String leader : List.of("n1", "n3", "n2", "n3", "n1")) {
                transferTo(leader);
                for (int jump = 0; jump < 10; jump++) {
                    jumping.set(random.nextLong(-60_000, 60_001));
                    assertThat(never.await(20, TimeUnit.MILLISECONDS)).isFalse();
                }
                load.awaitMore(CALLS);
            }
            load.assertEachHappenedOnce();
        }
        cluster.awaitReady();
    }

    /** A fault under load; then the node is started on what the fault and a loss of power left on its disk. */
    private void breakDisk(String node, Consumer<FaultyLogFiles> fault) {
        try (Increments load = Increments.on(cluster)) {
            load.awaitMore(CALLS);
            FaultyLogFiles disk = Objects.requireNonNull(disks.get(node));

            fault.accept(disk);
            Awaitility.await("the node has stopped writing").atMost(TestCluster.PATIENCE)
                    .until(() -> cluster.node(node).health().reasonNotReady().isPresent());
            load.awaitMore(CALLS);
            assertThat(cluster.awaitLeaderId()).isNotEqualTo(node);
            cluster.stop(node);
            disks.put(node, disk.powerLoss());
            Increments.serve(cluster.start(node));
            cluster.awaitReady();
            transferTo(node);

            load.awaitMore(CALLS);
            load.assertEachHappenedOnce();
        }
    }

    private void transferTo(String node) {
        Awaitility.await("leadership of " + node).atMost(TestCluster.PATIENCE).until(() -> {
            try {
                awaitEnd(cluster.awaitLeader().admin().orElseThrow()
                        .transfer(Optional.of(node)));
            } catch (KvException another) {
                assertThat(another.failure()).isNotInstanceOf(KvFailure.Poisoned.class);
            }
            return cluster.leads(node);
        });
    }

    private void startOnDisksInMemory() {
        start((node, seams) -> seams.withLogFiles(disks.computeIfAbsent(node,
                name -> new FaultyLogFiles(new Random(random.nextLong())))));
    }

    private void start(java.util.function.BiFunction<String, NodeSeams, NodeSeams> seams) {
        cluster = TestCluster.of(directory, 3).withSeamsOf(seams);
        cluster.startAll();
        cluster.running().forEach(id -> Increments.serve(cluster.node(id)));
        cluster.awaitLeader();
    }
}
