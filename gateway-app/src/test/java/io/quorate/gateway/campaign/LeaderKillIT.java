package io.quorate.gateway.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The leader's process is killed again and again while all three protocols are written at all three endpoints. */
class LeaderKillIT extends Campaign {
    private static final Logger LOG = LoggerFactory.getLogger(LeaderKillIT.class);
    /** Acknowledged writes between two kills. */
    private static final int WRITES = 100;
    private static final Duration WINDOW = Duration.ofSeconds(5);

    @Test
    void nothingAcknowledgedIsLostWhenTheLeaderIsKilledThreeTimes() {
        killLeaders(3);
    }

    @Test
    @Tag("slow")
    @Timeout(1_800)
    void nothingAcknowledgedIsLostWhenTheLeaderIsKilledFiftyTimes() {
        killLeaders(50);
    }

    private void killLeaders(int times) {
        List<Duration> silences = new ArrayList<>();
        try (MixedLoad load = new MixedLoad(cluster())) {
            for (int i = 0; i < times; i++) {
                awaitWrites(load, WRITES);
                ClusterNode leader = cluster().awaitLeader();
                long killed = System.nanoTime();
                leader.killNine();
                ClusterNode next = cluster().awaitLeader(cluster().others(leader));
                LOG.info("killed {} next leader {} after {} ms", leader.id(), next.id(),
                        Duration.ofNanos(System.nanoTime() - killed).toMillis());
                awaitWrites(load, 1);
                await().atMost(ClusterProcesses.PATIENCE)
                        .until(() -> System.nanoTime() - killed > WINDOW.toNanos());
                silences.add(load.longestSilence(killed, killed + WINDOW.toNanos()));
                cluster().start(leader);
                cluster().awaitReady(leader);
            }
            Collections.sort(silences);
            LOG.info("kills {} acknowledged {} not acknowledged {} silence median {} longest {} ms",
                    times, load.acknowledged(), load.refused(),
                    silences.get(times / 2).toMillis(), silences.get(times - 1).toMillis());
            load.assertNothingLost(cluster().awaitLeader().clients());
        }
        assertThat(silences.get(times / 2)).as("median time without a write")
                .isLessThan(Duration.ofMillis(1_500));
        assertThat(silences.get(times - 1)).as("longest time without a write")
                .isLessThan(Duration.ofSeconds(4));
    }

    private static void awaitWrites(MixedLoad load, int more) {
        int before = load.acknowledged();
        await("writes").atMost(ClusterProcesses.PATIENCE)
                .until(() -> load.acknowledged() >= before + more);
    }
}
