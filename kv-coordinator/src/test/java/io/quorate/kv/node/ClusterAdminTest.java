package io.quorate.kv.node;

import static io.quorate.kv.node.RunningNode.await;
import static io.quorate.kv.node.RunningNode.awaitEnd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.kv.ClusterStatus;
import io.quorate.kv.KvFailure;
import io.quorate.kv.peer.PeerAddress;
import io.quorate.kv.peer.PeerSecurity;
import io.quorate.kv.peer.service.AdminClient;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Operators' requests over gRPC, at any node of a cluster. */
class ClusterAdminTest {
    @TempDir
    Path directory;
    @SuppressWarnings("NullAway.Init")
    private TestCluster cluster;

    @BeforeEach
    void start() {
        cluster = TestCluster.started(directory, 3);
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void everyNodeShowsTheClusterAsTheLeaderSeesIt() {
        for (String node : cluster.founders()) {
            try (AdminClient client = client(node)) {
                Awaitility.await(node).atMost(TestCluster.PATIENCE).untilAsserted(() -> {
                    ClusterStatus status = await(client.status());
                    assertThat(status.leader()).contains(status.seenBy());
                    assertThat(status.members()).hasSize(3).allSatisfy(member -> {
                        assertThat(member.address()).isEqualTo(cluster.address(member.nodeId()));
                        assertThat(member.lag()).isNotNegative();
                    });
                    assertThat(status.change()).isEmpty();
                });
            }
        }
    }

    @Test
    void leadershipIsTransferredWhicheverNodeIsAsked() {
        for (String asked : cluster.founders()) {
            String next = cluster.awaitFollowerId();
            try (AdminClient client = client(asked)) {
                Awaitility.await("leadership of " + next).atMost(TestCluster.PATIENCE)
                        .ignoreExceptions().until(() -> {
                            awaitEnd(client.transfer(Optional.of(next)));
                            return cluster.leads(next);
                        });
            }
        }
    }

    @Test
    void aDeadMemberIsRemovedThroughAFollowerAndTheRestGoesOn() {
        String dead = cluster.awaitFollowerId();
        cluster.stop(dead);
        String follower = cluster.awaitFollowerId();

        try (AdminClient client = client(follower)) {
            awaitEnd(client.remove(dead));

            Awaitility.await("its row is gone").atMost(TestCluster.PATIENCE)
                    .until(() -> await(client.status()).members().size(), left -> left == 2);
        }
    }

    @Test
    void whatCannotBeDoneIsSaidInASentence() {
        try (AdminClient client = client(cluster.awaitFollowerId())) {
            assertThat(RunningNode.failure(client.transfer(Optional.of("n9"))))
                    .isInstanceOfSatisfying(KvFailure.Refused.class, refused -> assertThat(
                            refused.reason()).contains("n9 is no member"));
        }
    }

    @Test
    void aNodeThatIsNotThereIsUnreachable() {
        String stopped = cluster.awaitFollowerId();
        cluster.stop(stopped);
        try (AdminClient client = client(stopped)) {
            assertThatThrownBy(() -> await(client.status()))
                    .isInstanceOf(AdminClient.UnreachableException.class);
        }
    }

    private AdminClient client(String node) {
        return new AdminClient(PeerAddress.parse(cluster.address(node)),
                new PeerSecurity.Plaintext(false), (method, message) -> Map.of());
    }
}
