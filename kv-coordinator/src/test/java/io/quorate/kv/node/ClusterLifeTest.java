package io.quorate.kv.node;

import static io.quorate.kv.node.RunningNode.await;
import static io.quorate.kv.node.RunningNode.key;
import static io.quorate.kv.node.RunningNode.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.kv.Mutation.Put;
import io.quorate.kv.Transaction;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterLifeTest {
    @TempDir
    Path directory;

    @Test
    void threeNodesFoundOneClusterAndCommit() {
        try (TestCluster cluster = TestCluster.started(directory, 3)) {
            Node leader = cluster.awaitLeader();

            await(leader.kv().commit(Transaction.of(new Put(key("a"), value("1")))));

            assertThat(cluster.running()).hasSize(3)
                    .allSatisfy(id -> assertThat(cluster.node(id).clusterId())
                            .isEqualTo(leader.clusterId()));
        }
    }
}
