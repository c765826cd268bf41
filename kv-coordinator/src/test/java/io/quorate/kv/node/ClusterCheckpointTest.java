package io.quorate.kv.node;

import static io.quorate.kv.node.RunningNode.await;
import static io.quorate.kv.node.RunningNode.awaitEnd;
import static io.quorate.kv.node.RunningNode.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.quorate.kv.Mutation;
import io.quorate.kv.Transaction;
import io.quorate.kv.Value;
import io.quorate.kv.Versioned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that was away for longer than the others' logs reach back gets a checkpoint over real connections. */
class ClusterCheckpointTest {
    private static final int ROWS = 100;
    private static final int ROW_BYTES = 256 << 10;

    @TempDir
    Path directory;

    @Test
    void aNodeThatLacksMoreThanTheLogsKeepIsBroughtUpByACheckpoint() {
        try (TestCluster cluster = TestCluster.of(directory, 3)) {
            List<CompletableFuture<Node>> starts = cluster.founders().stream()
                    .map(node -> cluster.starting(shortLog(cluster, node))).toList();
            starts.forEach(CompletableFuture::join);
            String away = cluster.awaitFollowerId();
            cluster.stop(away);
            Node leader = cluster.awaitLeader();
            for (int i = 0; i < ROWS; i++) {
                commit(leader, i);
            }
            cluster.running().forEach(node -> Awaitility.await("the log of " + node + " is short")
                    .atMost(TestCluster.PATIENCE).until(() -> logBytes(cluster, node) < 16 << 20));

            cluster.starting(shortLog(cluster, away)).join();
            cluster.awaitReady();

            MeterRegistry meters = cluster.meters(away);
            Awaitility.await("a checkpoint was installed").atMost(TestCluster.PATIENCE)
                    .until(() -> meters.get("quorate.raft.reinstalls").functionCounter()
                            .count() >= 1);
            assertThat(meters.find("quorate.checkpoint.received.bytes").counters())
                    .anySatisfy(bytes -> assertThat(bytes.count()).isGreaterThan(ROW_BYTES));
            assertThat(cluster.running().stream().filter(node -> !node.equals(away))
                    .flatMap(node -> cluster.meters(node).find("quorate.checkpoint.sent.bytes")
                            .tag("peer", away).counters().stream()))
                    .anySatisfy(bytes -> assertThat(bytes.count()).isGreaterThan(ROW_BYTES));
            assertHasAll(cluster, away);
        }
    }

    /** As leader it reads what it has applied itself. */
    private static void assertHasAll(TestCluster cluster, String node) {
        Awaitility.await(node + " leads").atMost(TestCluster.PATIENCE).ignoreExceptions()
                .until(() -> {
                    awaitEnd(cluster.node(node).admin().orElseThrow().transfer(Optional.of(node)));
                    return cluster.leads(node);
                });
        for (int i = 0; i < ROWS; i++) {
            assertThat(await(cluster.node(node).kv().get(key("row" + i))).map(Versioned::value))
                    .as("row %d", i).contains(content(i));
        }
    }

    private static void commit(Node node, int row) {
        Awaitility.await("commit").atMost(TestCluster.PATIENCE).pollDelay(Duration.ZERO)
                .ignoreExceptions().until(() -> {
                    await(node.kv().commit(
                            Transaction.of(new Mutation.Put(key("row" + row), content(row)))),
                            Duration.ofSeconds(10));
                    return true;
                });
    }

    private static Value content(int row) {
        byte[] bytes = new byte[ROW_BYTES];
        new Random(row).nextBytes(bytes);
        return Value.of(bytes);
    }

    private static NodeSettings shortLog(TestCluster cluster, String node) {
        NodeSettings settings = cluster.settings(node);
        NodeSettings.Disk disk = settings.disk();
        return new NodeSettings(settings.dataDirectory(), settings.nodeId(), settings.threads(),
                new NodeSettings.Disk(disk.marks(), disk.log().withRetention(0), disk.storage(),
                        disk.blobs()),
                settings.history(), settings.cluster());
    }

    private static long logBytes(TestCluster cluster, String node) throws IOException {
        try (Stream<Path> files = Files.list(cluster.directory(node).resolve("log"))) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }
}
