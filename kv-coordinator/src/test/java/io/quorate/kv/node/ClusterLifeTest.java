package io.quorate.kv.node;

import static io.quorate.kv.node.RunningNode.await;
import static io.quorate.kv.node.RunningNode.awaitEnd;
import static io.quorate.kv.node.RunningNode.key;
import static io.quorate.kv.node.RunningNode.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.kv.ClusterAdmin;
import io.quorate.kv.ClusterStatus;
import io.quorate.kv.KvFailure;
import io.quorate.kv.Mutation.Put;
import io.quorate.kv.Transaction;
import io.quorate.kv.member.Roster;
import io.quorate.kv.peer.checkpoint.CheckpointListener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How nodes found a cluster, join it, leave it and come back, over real connections. */
class ClusterLifeTest {
    @TempDir
    Path directory;

    @Test
    void threeNodesFoundOneClusterAndCommit() {
        try (TestCluster cluster = TestCluster.started(directory, 3)) {
            commit(cluster, "a", "1");

            assertThat(cluster.running()).hasSize(3)
                    .allSatisfy(id -> assertThat(cluster.node(id).clusterId())
                            .isEqualTo(cluster.node("n1").clusterId()));
            awaitValueOnAll(cluster, "a", "1");
        }
    }

    @Test
    void nothingIsFoundedBeforeEverybodyWasHeard() throws Exception {
        try (TestCluster cluster = TestCluster.of(directory, 3)) {
            CompletableFuture<Node> first = cluster.starting("n1");
            CompletableFuture<Node> second = cluster.starting("n2");

            assertThat(new CountDownLatch(1).await(1_500, TimeUnit.MILLISECONDS)).isFalse();
            assertThat(first).isNotDone();
            assertThat(second).isNotDone();

            cluster.start("n3");
            cluster.awaitLeader();
            assertThat(first.join().clusterId()).isEqualTo(second.join().clusterId());
        }
    }

    @Test
    void founderThatCrashedBeforeItWroteTheClusterDownFoundsItToo() throws Exception {
        try (TestCluster cluster = TestCluster.of(directory, 3)) {
            NodeSettings settings = cluster.settings("n3");
            UUID member;
            // It answers greetings and dies before it has heard anybody.
            try (DataDirectory data = DataDirectory.take(settings.dataDirectory(), "n3");
                    PeerSide listens = PeerSide.open(new PeerSide.Opening(data,
                            new Roster(data.meta().self(),
                                    settings.cluster().orElseThrow().peers(), Optional.empty()),
                            settings.cluster().orElseThrow(), CheckpointListener.NONE))) {
                assertThat(listens.address()).isEqualTo(cluster.address("n3"));
                member = data.meta().self().uuid();
                var unused = cluster.starting("n1");
                cluster.start("n2");
                cluster.awaitLeader();
            }

            cluster.start("n3");
            cluster.awaitReady();
            commit(cluster, "a", "1");

            assertThat(cluster.node("n3").clusterId()).isEqualTo(cluster.node("n1").clusterId());
            assertThat(cluster.node("n3").memberId()).isEqualTo(member);
            awaitValueOnAll(cluster, "a", "1");
        }
    }

    @Test
    void nodesOfTwoClustersDoNotMix() {
        try (TestCluster one = TestCluster.started(directory.resolve("one"), 3);
                TestCluster other = TestCluster.started(directory.resolve("other"), 3)) {
            NodeSettings settings = other.settings("n1");
            other.stop("n1");
            other.wipe("n1");
            ClusterSettings mixed = new ClusterSettings(
                    java.util.Map.of("n1", other.address("n1"), "n2", other.address("n2"), "n3",
                            one.address("n3")),
                    settings.cluster().orElseThrow().listener(), TestCluster.PATIENCE);

            CompletableFuture<Node> start = other.starting(settings.with(mixed));

            assertThatThrownBy(start::join).hasMessageContaining("different clusters");
        }
    }

    @Test
    void wipedFollowerComesBackAsAnotherMember() {
        try (TestCluster cluster = TestCluster.started(directory, 3)) {
            commit(cluster, "a", "1");
            String follower = cluster.awaitFollowerId();
            UUID before = cluster.node(follower).memberId();
            cluster.stop(follower);
            cluster.wipe(follower);
            commit(cluster, "b", "2");

            cluster.start(follower);
            awaitMembers(cluster, "n1", "n2", "n3");
            cluster.awaitReady();

            UUID after = cluster.node(follower).memberId();
            assertThat(after).isNotEqualTo(before);
            assertThat(status(cluster).members())
                    .anySatisfy(member -> assertThat(member.member()).isEqualTo(after))
                    .noneSatisfy(member -> assertThat(member.member()).isEqualTo(before));
            awaitValueOnAll(cluster, "a", "1");
            awaitValueOnAll(cluster, "b", "2");
        }
    }

    @Test
    void fourthNodeJoinsAndIsRemovedAgain() {
        try (TestCluster cluster = TestCluster.started(directory, 3)) {
            commit(cluster, "a", "1");

            cluster.start("n4");
            awaitMembers(cluster, "n1", "n2", "n3", "n4");
            awaitValueOnAll(cluster, "a", "1");
            awaitEnd(admin(cluster, "n1").remove("n4"));

            awaitMembers(cluster, "n1", "n2", "n3");
            Awaitility.await("n4 knows that it was removed").atMost(TestCluster.PATIENCE)
                    .until(() -> cluster.node("n4").health().reasonNotReady()
                            .filter(reason -> reason.contains("was removed")).isPresent());
            cluster.stop("n4");
            Node again = cluster.start("n4");
            Awaitility.await("n4 is refused").atMost(TestCluster.PATIENCE)
                    .until(() -> again.health().reasonNotReady()
                            .filter(reason -> reason.contains("was removed")).isPresent());
        }
    }

    @Test
    void removedDataDirectoryIsNeverAddedAgain() {
        try (TestCluster cluster = TestCluster.started(directory, 3)) {
            cluster.start("n4");
            awaitMembers(cluster, "n1", "n2", "n3", "n4");
            UUID removed = cluster.node("n4").memberId();
            awaitEnd(admin(cluster, "n1").remove("n4"));
            cluster.stop("n4");
            cluster.start("n4");

            KvFailure refused = RunningNode
                    .failure(admin(cluster, "n1").add("n4", cluster.address("n4")));

            assertThat(refused).isInstanceOfSatisfying(KvFailure.Refused.class,
                    why -> assertThat(why.toString()).contains("was removed"));
            cluster.stop("n4");
            cluster.wipe("n4");
            cluster.start("n4");
            awaitMembers(cluster, "n1", "n2", "n3", "n4");
            assertThat(status(cluster).members())
                    .noneSatisfy(member -> assertThat(member.member()).isEqualTo(removed));
        }
    }

    @Test
    void deadMemberIsRemovedAndItsPlaceTaken() {
        try (TestCluster cluster = TestCluster.started(directory, 3)) {
            String dead = cluster.awaitFollowerId();
            cluster.stop(dead);

            awaitEnd(cluster.awaitLeader().admin().orElseThrow().remove(dead));
            cluster.start("n4");
            awaitMembers(cluster, cluster.running().toArray(String[]::new));
            commit(cluster, "a", "1");

            awaitValueOnAll(cluster, "a", "1");
        }
    }

    @Test
    void removalThatWouldLeaveNoMajorityIsRefused() {
        try (TestCluster cluster = TestCluster.started(directory, 3)) {
            String leader = cluster.awaitLeaderId();
            List<String> others = cluster.founders().stream().filter(id -> !id.equals(leader))
                    .toList();
            cluster.stop(others.get(0));

            // With a second one gone, the leader would be one of two.
            KvFailure refused = RunningNode
                    .failure(admin(cluster, leader).remove(others.get(1)));

            assertThat(refused).isInstanceOf(KvFailure.Refused.class);
            assertThat(status(cluster).members()).hasSize(3);
        }
    }

    @Test
    void leadershipIsHandedToTheNodeThatIsNamed() {
        try (TestCluster cluster = TestCluster.started(directory, 3)) {
            String follower = cluster.awaitFollowerId();

            awaitEnd(admin(cluster, follower).transfer(Optional.of(follower)));

            Awaitility.await().atMost(TestCluster.PATIENCE).until(() -> cluster.leads(follower));
        }
    }

    @Test
    void stoppingTheLeaderHandsOverFirst() {
        try (TestCluster cluster = TestCluster.started(directory, 3)) {
            commit(cluster, "a", "1");
            String leader = cluster.awaitLeaderId();
            long term = status(cluster).term();

            cluster.stop(leader);

            // A successor is elected at once, in the next term, by those who would have waited for a timeout.
            cluster.awaitLeader();
            assertThat(status(cluster).term()).isEqualTo(term + 1);
        }
    }

    @Test
    void nodeThatMovedIsFoundAgain() {
        try (TestCluster cluster = TestCluster.started(directory, 3)) {
            String follower = cluster.awaitFollowerId();
            cluster.stop(follower);
            cluster.moveAway(follower);

            cluster.start(follower);
            cluster.awaitReady();
            commit(cluster, "a", "1");

            awaitValueOnAll(cluster, "a", "1");
            Awaitility.await("its address is written down").atMost(TestCluster.PATIENCE)
                    .until(() -> status(cluster).members().stream()
                            .anyMatch(member -> member.nodeId().equals(follower)
                                    && member.address().equals(cluster.address(follower))));
        }
    }

    @Test
    void clusterOfWhichEveryNodeMovedComesBack() {
        try (TestCluster cluster = TestCluster.started(directory, 3)) {
            commit(cluster, "a", "1");
            cluster.founders().forEach(cluster::stop);
            cluster.founders().forEach(cluster::moveAway);

            cluster.startAll();
            cluster.awaitReady();

            awaitValueOnAll(cluster, "a", "1");
        }
    }

    @Test
    void directoryOfAnotherNodeIsRefused() {
        try (TestCluster cluster = TestCluster.started(directory, 3)) {
            cluster.stop("n1");
            NodeSettings wrong = cluster.settings("n1");
            NodeSettings named = new NodeSettings(wrong.dataDirectory(), "n9", wrong.threads(),
                    wrong.disk(), wrong.history(), wrong.cluster());

            assertThatThrownBy(() -> cluster.starting(named).join())
                    .isInstanceOf(CompletionException.class)
                    .hasMessageContaining("belongs to node n1");
        }
    }

    @Test
    void singleNodeGrowsToACluster() {
        try (TestCluster cluster = TestCluster.of(directory, 3)) {
            NodeSettings first = cluster.settings("n1");
            Node alone = cluster.starting(first.with(ClusterSettings.of(java.util.Map.of(),
                    first.cluster().orElseThrow().listener()))).join();
            await(alone.kv().commit(Transaction.of(new Put(key("a"), value("1")))));

            cluster.start("n2");
            cluster.start("n3");
            awaitMembers(cluster, "n1", "n2", "n3");

            awaitValueOnAll(cluster, "a", "1");
        }
    }

    private static ClusterAdmin admin(TestCluster cluster, String nodeId) {
        return cluster.node(nodeId).admin().orElseThrow();
    }

    private static ClusterStatus status(TestCluster cluster) {
        return await(cluster.awaitLeader().admin().orElseThrow().status());
    }

    private static void awaitMembers(TestCluster cluster, String... names) {
        Awaitility.await("members " + List.of(names)).atMost(TestCluster.PATIENCE)
                .until(() -> status(cluster).members().stream()
                        .filter(member -> member.role() != ClusterStatus.Role.JOINING)
                        .map(ClusterStatus.Member::nodeId).collect(Collectors.toSet()),
                        Set.of(names)::equals);
    }

    private static void commit(TestCluster cluster, String key, String text) {
        Awaitility.await("commit").atMost(TestCluster.PATIENCE).ignoreExceptions().until(() -> {
            await(cluster.awaitLeader().kv()
                    .commit(Transaction.of(new Put(key(key), value(text)))), Duration.ofSeconds(2));
            return true;
        });
    }

    /** Each becomes leader in turn and reads what it has applied. */
    private static void awaitValueOnAll(TestCluster cluster, String key, String text) {
        for (String id : cluster.running()) {
            Awaitility.await(id + " has " + key).atMost(TestCluster.PATIENCE).ignoreExceptions()
                    .until(() -> {
                        awaitEnd(admin(cluster, id).transfer(Optional.of(id)));
                        return await(cluster.node(id).kv().get(key(key)), Duration.ofSeconds(2))
                                .map(row -> RunningNode.text(row.value())).equals(
                                        Optional.of(text));
                    });
        }
    }
}
