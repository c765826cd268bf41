package io.quorate.kv.peer.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quorate.kv.peer.Lane;
import io.quorate.kv.peer.TestCluster;
import io.quorate.kv.raft.RaftFailure;
import io.quorate.kv.raft.RaftGroup.ProposalCallback;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A group of three nodes over loopback connections, on real threads and disks. */
class GroupsOverGrpcTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int WINDOW = 128;

    @TempDir
    private Path directory;
    private final List<GroupNode> nodes = new ArrayList<>();

    @BeforeEach
    void start() {
        TestCluster cluster = new TestCluster();
        List<String> names = List.of("n1", "n2", "n3");
        names.forEach(name -> nodes.add(new GroupNode(name, names, cluster, directory)));
    }

    @AfterEach
    void stop() {
        nodes.forEach(GroupNode::close);
    }

    @Test
    void everyMemberAppliesTenThousandProposalsInOrder() throws InterruptedException {
        GroupNode leader = awaitLeader();

        List<String> texts = IntStream.range(0, 10_000).mapToObj(n -> "e" + n).toList();
        propose(leader, texts);

        for (GroupNode node : nodes) {
            await().atMost(LONG).untilAsserted(
                    () -> assertThat(node.machine().commands()).isEqualTo(texts));
        }
    }

    @Test
    void brokenConnectionsAreMadeAgainAndNothingIsLost() throws InterruptedException {
        GroupNode leader = awaitLeader();
        propose(leader, List.of("before"));

        for (GroupNode follower : others(leader)) {
            for (Lane lane : Lane.values()) {
                leader.peer().connections().breakUp(follower.group().self(), lane);
            }
        }
        propose(awaitLeader(), List.of("after"));

        for (GroupNode node : nodes) {
            await().atMost(LONG).untilAsserted(
                    () -> assertThat(node.machine().commands()).containsExactly("before", "after"));
        }
    }

    @Test
    void memberThatWasCutOffCatchesUpOnceItIsReachedAgain() throws InterruptedException {
        GroupNode leader = awaitLeader();
        GroupNode cutOff = others(leader).get(0);
        propose(leader, List.of("before"));

        cutOff.peer().stopServer();
        propose(awaitLeader(), IntStream.range(0, 500).mapToObj(n -> "during" + n).toList());
        assertThat(cutOff.machine().commands().size()).isLessThan(501);
        cutOff.peer().startServer();

        await().atMost(LONG)
                .untilAsserted(() -> assertThat(cutOff.machine().commands()).hasSize(501));
        assertThat(cutOff.machine().commands()).isEqualTo(leader.machine().commands());
    }

    @Test
    void leaderThatHearsNobodyStepsDownAndAnotherTakesOver() throws InterruptedException {
        GroupNode deposed = awaitLeader();
        propose(deposed, List.of("before"));

        deposed.peer().stopServer();
        await().atMost(LONG).until(() -> others(deposed).stream()
                .anyMatch(node -> node.group().leadership().serving()));

        GroupNode next = others(deposed).stream()
                .filter(node -> node.group().leadership().serving()).findFirst().orElseThrow();
        propose(next, List.of("after"));
        deposed.peer().startServer();
        await().atMost(LONG).untilAsserted(() -> assertThat(deposed.machine().commands())
                .containsExactly("before", "after"));
    }

    private GroupNode awaitLeader() {
        await().atMost(LONG).until(
                () -> nodes.stream().anyMatch(node -> node.group().leadership().serving()));
        return nodes.stream().filter(node -> node.group().leadership().serving()).findFirst()
                .orElseThrow();
    }

    private List<GroupNode> others(GroupNode one) {
        return nodes.stream().filter(node -> !node.equals(one)).toList();
    }

    private static void propose(GroupNode leader, List<String> texts) throws InterruptedException {
        long term = leader.group().leadership().term();
        Semaphore free = new Semaphore(WINDOW);
        Queue<RaftFailure> failures = new ConcurrentLinkedQueue<>();
        for (String text : texts) {
            assertThat(free.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
            leader.group().propose(term, text.getBytes(StandardCharsets.UTF_8),
                    new ProposalCallback() {
                        @Override
                        public void committed(long index, Object applied) {
                            free.release();
                        }

                        @Override
                        public void failed(RaftFailure failure) {
                            failures.add(failure);
                            free.release();
                        }
                    });
        }
        assertThat(free.tryAcquire(WINDOW, 30, TimeUnit.SECONDS)).isTrue();
        assertThat(failures).isEmpty();
    }
}
