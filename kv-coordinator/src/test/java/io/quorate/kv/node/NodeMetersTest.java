package io.quorate.kv.node;

import static io.quorate.kv.node.RunningNode.await;
import static io.quorate.kv.node.RunningNode.awaitEnd;
import static io.quorate.kv.node.RunningNode.key;
import static io.quorate.kv.node.RunningNode.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quorate.kv.Mutation.Put;
import io.quorate.kv.Transaction;
import java.nio.file.Path;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node's meters say about its group. */
class NodeMetersTest {
    @TempDir
    Path directory;

    @Test
    void indicesFollowTheCommits() {
        try (TestCluster cluster = TestCluster.started(directory, 1)) {
            MeterRegistry meters = cluster.meters("n1");
            double before = gauge(meters, "quorate.raft.commit.index");

            await(cluster.node("n1").kv().commit(Transaction.of(new Put(key("a"), value("1")))));

            assertThat(gauge(meters, "quorate.raft.commit.index")).isGreaterThan(before);
            Awaitility.await().atMost(TestCluster.PATIENCE).until(() -> gauge(meters,
                    "quorate.raft.applied.index") > before);
        }
    }

    @Test
    void everyMemberCountsTheVotersAndItself() {
        try (TestCluster cluster = TestCluster.started(directory, 3)) {
            for (String node : cluster.founders()) {
                Awaitility.await(node).atMost(TestCluster.PATIENCE)
                        .until(() -> gauge(cluster.meters(node), "quorate.raft.voters") == 3
                                && gauge(cluster.meters(node), "quorate.raft.voter") == 1);
            }
        }
    }

    @Test
    void clocksOfPeersAreComparedWithOnesOwn() {
        // An answer takes 0.8 s at most, so that half of it is the greatest error.
        double tolerance = 0.5;
        try (TestCluster cluster = TestCluster.of(directory, 3).withSeamsOf((node, seams) -> node
                .equals("n2")
                        ? seams.withWall(() -> System.currentTimeMillis() + 60_000)
                        : seams)) {
            cluster.startAll();

            Awaitility.await().atMost(TestCluster.PATIENCE).untilAsserted(() -> {
                assertThat(clock(cluster, "n1", "n2")).isCloseTo(60, within(tolerance));
                assertThat(clock(cluster, "n2", "n1")).isCloseTo(-60, within(tolerance));
                assertThat(clock(cluster, "n1", "n3")).isCloseTo(0, within(tolerance));
            });
        }
    }

    private static double clock(TestCluster cluster, String node, String peer) {
        Gauge gauge = cluster.meters(node).find("quorate.peer.clock.difference")
                .tag("peer", peer).gauge();
        return gauge == null ? Double.NaN : gauge.value();
    }

    @Test
    void theOneThatBeginsToLeadCountsAnElection() {
        try (TestCluster cluster = TestCluster.started(directory, 3)) {
            String next = cluster.awaitFollowerId();
            double before = elections(cluster, next);

            awaitEnd(cluster.node(next).admin().orElseThrow().transfer(Optional.of(next)));

            Awaitility.await().atMost(TestCluster.PATIENCE)
                    .until(() -> elections(cluster, next) >= before + 1);
        }
    }

    @Test
    void leaderSeesHowFarAStoppedFollowerIsBehind() {
        try (TestCluster cluster = TestCluster.started(directory, 3)) {
            String follower = cluster.awaitFollowerId();
            cluster.stop(follower);
            for (int i = 0; i < 20; i++) {
                await(cluster.awaitLeader().kv()
                        .commit(Transaction.of(new Put(key("k" + i), value("1")))));
            }

            Awaitility.await().atMost(TestCluster.PATIENCE)
                    .until(() -> gauge(cluster.meters(cluster.awaitLeaderId()),
                            "quorate.raft.followers.lag") >= 20);
        }
    }

    private static double elections(TestCluster cluster, String node) {
        return cluster.meters(node).get("quorate.raft.elections").counter().count();
    }

    private static double gauge(MeterRegistry meters, String name) {
        return meters.get(name).gauge().value();
    }
}
