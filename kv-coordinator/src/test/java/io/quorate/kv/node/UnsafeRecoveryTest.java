package io.quorate.kv.node;

import static io.quorate.kv.node.RunningNode.await;
import static io.quorate.kv.node.RunningNode.key;
import static io.quorate.kv.node.RunningNode.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.kv.ClusterStatus;
import io.quorate.kv.Mutation.Put;
import io.quorate.kv.Transaction;
import java.nio.file.Path;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a cluster that lost its majority for good can still do. */
class UnsafeRecoveryTest {
    @TempDir
    Path directory;

    @Test
    void survivorGoesOnAloneAndOthersJoinIt() throws Exception {
        try (TestCluster cluster = TestCluster.started(directory, 3)) {
            Node leader = cluster.awaitLeader();
            for (int i = 0; i < 50; i++) {
                await(leader.kv().commit(Transaction.of(new Put(key("k" + i), value("v" + i)))));
            }
            UUID before = leader.clusterId();
            // The leader has everything that was acknowledged.
            String survivor = cluster.awaitLeaderId();
            cluster.founders().stream().filter(id -> !id.equals(survivor)).forEach(id -> {
                cluster.stop(id);
                cluster.wipe(id);
            });
            cluster.stop(survivor);

            UnsafeRecovery.Recovered recovered = UnsafeRecovery.run(cluster.directory(survivor));
            Node alone = cluster.start(survivor);
            cluster.awaitLeader();

            assertThat(recovered.nodeId()).isEqualTo(survivor);
            assertThat(alone.clusterId()).isEqualTo(recovered.cluster()).isNotEqualTo(before);
            for (int i = 0; i < 50; i++) {
                assertThat(await(alone.kv().get(key("k" + i))))
                        .hasValueSatisfying(row -> assertThat(row.value()).isNotNull());
            }
            cluster.startAll();
            Awaitility.await("three members again").atMost(TestCluster.PATIENCE)
                    .until(() -> await(alone.admin().orElseThrow().status()).members().stream()
                            .filter(member -> member.role() != ClusterStatus.Role.JOINING)
                            .count() == 3);
        }
    }

    @Test
    void formerMemberThatComesBackIsNotLetIn() throws Exception {
        try (TestCluster cluster = TestCluster.started(directory, 3)) {
            String survivor = cluster.awaitLeaderId();
            String former = cluster.awaitFollowerId();
            cluster.founders().forEach(cluster::stop);
            UnsafeRecovery.run(cluster.directory(survivor));
            Node alone = cluster.start(survivor);
            cluster.awaitLeader();

            Node stale = cluster.start(former);

            assertThat(stale.clusterId()).isNotEqualTo(alone.clusterId());
            assertThat(stale.health().reasonNotReady()).isPresent();
            assertThat(await(alone.admin().orElseThrow().status()).members())
                    .extracting(ClusterStatus.Member::nodeId).containsExactly(survivor);
        }
    }

    @Test
    void directoryInUseIsLeftAlone() {
        try (TestCluster cluster = TestCluster.started(directory, 3)) {
            assertThatThrownBy(() -> UnsafeRecovery.run(cluster.directory("n1")))
                    .hasMessageContaining("in use");
        }
    }
}
