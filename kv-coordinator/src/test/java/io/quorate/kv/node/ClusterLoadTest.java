package io.quorate.kv.node;

import static io.quorate.kv.node.RunningNode.awaitEnd;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.kv.ClusterAdmin;
import io.quorate.kv.ClusterStatus;
import io.quorate.kv.KvException;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators do to a cluster while it is used: nothing that was answered is lost, and nothing happens twice. */
class ClusterLoadTest {
    private static final int CALLS = 100;

    @TempDir
    Path directory;
    @SuppressWarnings("NullAway.Init")
    private TestCluster cluster;

    @BeforeEach
    void start() {
        cluster = TestCluster.started(directory, 3);
        cluster.running().forEach(id -> Increments.serve(cluster.node(id)));
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void aNodeJoinsAndLeavesAgainUnderLoad() {
        try (Increments load = Increments.on(cluster)) {
            load.awaitMore(CALLS);

            Increments.serve(cluster.start("n4"));
            awaitMembers("n1", "n2", "n3", "n4");
            load.awaitMore(CALLS);
            remove("n4");
            cluster.stop("n4");

            awaitMembers("n1", "n2", "n3");
            load.awaitMore(CALLS);
            load.assertEachHappenedOnce();
        }
    }

    @Test
    void everyNodeIsRestartedInTurnUnderLoad() {
        try (Increments load = Increments.on(cluster)) {
            for (String node : cluster.founders()) {
                load.awaitMore(CALLS);
                cluster.stop(node);
                load.awaitMore(CALLS);
                Increments.serve(cluster.start(node));
                cluster.awaitReady();
            }
            load.awaitMore(CALLS);
            load.assertEachHappenedOnce();
        }
    }

    @Test
    void aDeadNodeIsReplacedByAnotherUnderLoad() {
        try (Increments load = Increments.on(cluster)) {
            load.awaitMore(CALLS);
            String dead = cluster.awaitFollowerId();
            cluster.stop(dead);
            load.awaitMore(CALLS);

            remove(dead);
            Increments.serve(cluster.start("n4"));
            awaitMembers(cluster.running().toArray(String[]::new));

            cluster.awaitReady();
            load.awaitMore(CALLS);
            load.assertEachHappenedOnce();
            assertThat(cluster.running()).hasSize(3).contains("n4").doesNotContain(dead);
        }
    }

    /** As operators do: asked again while leadership moves. */
    private void remove(String node) {
        Awaitility.await("removal of " + node).atMost(TestCluster.PATIENCE).until(() -> {
            try {
                awaitEnd(admin().remove(node));
                return true;
            } catch (KvException askAgain) {
                return false;
            }
        });
    }

    private ClusterAdmin admin() {
        return cluster.awaitLeader().admin().orElseThrow();
    }

    private void awaitMembers(String... names) {
        Awaitility.await("members " + Set.of(names)).atMost(TestCluster.PATIENCE)
                .until(() -> RunningNode.await(admin().status()).members().stream()
                        .filter(member -> member.role() == ClusterStatus.Role.LEADER
                                || member.role() == ClusterStatus.Role.FOLLOWER)
                        .map(ClusterStatus.Member::nodeId).collect(Collectors.toSet()),
                        Set.of(names)::equals);
    }
}
