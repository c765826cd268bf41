package io.quorate.gateway.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quorate.fixtures.process.ChildProcess;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults under load, one at a time: the others go on, nothing acknowledged is lost, and all are ready in the end. */
class FaultsIT extends Campaign {
    /** Acknowledged writes of each kind before a fault, during it and after it. */
    private static final int WRITES = 15;

    @Test
    void stoppedLeaderIsReplacedAndComesBack() {
        stopLeader(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 30})
    @Tag("slow")
    @Timeout(600)
    void leaderIsStoppedForALongerOrShorterTime(int seconds) {
        stopLeader(Duration.ofSeconds(seconds));
    }

    private void stopLeader(Duration time) {
        underLoad(load -> {
            ClusterNode leader = cluster().awaitLeader();
            leader.process().stop();
            long stopped = System.nanoTime();
            await().atMost(ClusterProcesses.PATIENCE)
                    .until(() -> System.nanoTime() - stopped > time.toNanos());
            leader.process().goOn();
        });
    }

    @Test
    @Tag("slow")
    @Timeout(600)
    void leaderThatIsHeardByNobodyIsReplaced() {
        underLoad(load -> {
            ClusterNode leader = cluster().awaitLeader();
            List<ClusterNode> others = cluster().others(leader);
            others.forEach(other -> cluster().cut(leader, other));
            ClusterNode unused = cluster().awaitLeader(others);
            awaitWrites(load);
            cluster().heal();
        });
    }

    @Test
    @Tag("slow")
    @Timeout(600)
    void leaderThatHearsNobodyIsReplaced() {
        underLoad(load -> {
            ClusterNode leader = cluster().awaitLeader();
            List<ClusterNode> others = cluster().others(leader);
            others.forEach(other -> cluster().cut(other, leader));
            ClusterNode unused = cluster().awaitLeader(others);
            awaitWrites(load);
            cluster().heal();
        });
    }

    @Test
    void allAreKilledAndStartedAgain() {
        underLoad(load -> {
            cluster().nodes().forEach(ClusterNode::killNine);
            cluster().nodes().forEach(cluster()::start);
        });
    }

    @Test
    @Tag("slow")
    @Timeout(600)
    void rollingRestartKeepsServing() {
        underLoad(load -> {
            for (ClusterNode node : cluster().nodes()) {
                ChildProcess ending = node.process();
                ending.terminate();
                assertThat(ending.awaitEnd(ClusterProcesses.PATIENCE)).isIn(0, 143);
                awaitWrites(load);
                cluster().start(node);
                cluster().awaitReady();
            }
        });
    }

    @Test
    @Tag("slow")
    @Timeout(600)
    void followerWithoutRouteDelaysNobodyAndCatchesUp() {
        underLoad(load -> {
            ClusterNode leader = cluster().awaitLeader();
            ClusterNode follower = cluster().others(leader).get(0);
            cluster().isolate(follower, cluster().others(follower));
            awaitWrites(load);
            assertThat(cluster().leader()).contains(leader);
            cluster().heal();
        });
    }

    @Test
    @Tag("slow")
    @Timeout(600)
    void wipedFollowerComesBackWithTheSameCommandLine() {
        underLoad(load -> {
            ClusterNode follower = cluster().others(cluster().awaitLeader()).get(0);
            follower.killNine();
            follower.wipe();
            awaitWrites(load);
            cluster().start(follower);
        });
    }

    private void underLoad(Consumer<MixedLoad> fault) {
        try (MixedLoad load = new MixedLoad(cluster())) {
            awaitWrites(load);
            fault.accept(load);
            awaitWrites(load);
            cluster().awaitReady();
            awaitWrites(load);
            load.assertNothingLost(cluster().awaitLeader());
        }
    }

    private static void awaitWrites(MixedLoad load) {
        load.awaitMoreOfEach(WRITES);
    }
}
