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

/**
 * The leader's process is killed again and again while all three protocols and the key-value service are written at all
 * three endpoints.
 */
class LeaderKillIT extends Campaign {
    private static final Logger LOG = LoggerFactory.getLogger(LeaderKillIT.class);
    /** Acknowledged writes of each kind between two kills. */
    private static final int WRITES = 20;
    /** After a kill the longest silence is looked for so long. */
    private static final Duration WINDOW = Duration.ofSeconds(5);

    @Test
    void nothingAcknowledgedIsLostWhenTheLeaderIsKilledThreeTimes() {
        List<Duration> unused = killLeaders(3);
    }

    @Test
    @Tag("slow")
    @Timeout(1_800)
    void nothingAcknowledgedIsLostWhenTheLeaderIsKilledFiftyTimes() {
        List<Duration> silences = killLeaders(Integer.getInteger("campaign.kills", 50));

        assertThat(silences.get(silences.size() / 2)).as("median time without a write")
                .isLessThan(Duration.ofMillis(1_500));
        assertThat(silences.getLast()).as("longest time without a write")
                .isLessThan(Duration.ofSeconds(4));
    }

    /** The longest times without an acknowledged write after each kill, the shortest first. */
    private List<Duration> killLeaders(int times) {
        List<Duration> silences = new ArrayList<>();
        try (MixedLoad load = new MixedLoad(cluster())) {
            for (int i = 0; i < times; i++) {
                load.awaitMoreOfEach(WRITES);
                silences.add(killLeader(load));
            }
            Collections.sort(silences);
            LOG.info("kills {} acknowledged {} not acknowledged {} silence median {} longest {} ms",
                    times, load.acknowledged(), load.refused(),
                    silences.get(times / 2).toMillis(), silences.getLast().toMillis());
            load.assertNothingLost(cluster().awaitLeader());
        }
        return silences;
    }

    private Duration killLeader(MixedLoad load) {
        ClusterNode leader = cluster().awaitLeader();
        long killed = System.nanoTime();
        leader.killNine();
        ClusterNode next = cluster().awaitLeader(cluster().others(leader));
        Duration elected = Duration.ofNanos(System.nanoTime() - killed);
        load.awaitMoreOfEach(1);
        cluster().start(leader);
        cluster().awaitReady(leader);
        await().atMost(ClusterProcesses.PATIENCE)
                .until(() -> System.nanoTime() - killed > WINDOW.toNanos());
        Duration silence = load.longestSilence(killed, killed + WINDOW.toNanos());
        LOG.info("killed {} next leader {} after {} ms, no write for {} ms", leader.id(), next.id(),
                elected.toMillis(), silence.toMillis());
        return silence;
    }
}
