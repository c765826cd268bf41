package io.quorate.gateway.campaign;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.awaitility.core.ConditionEvaluationListener;
import org.awaitility.core.EvaluatedCondition;
import org.awaitility.core.TimeoutEvent;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Producers and consumers of a standard and of a FIFO queue while leaders are killed: nothing accepted is lost, and on
 * the FIFO queue nothing is stored twice, comes out of order or comes again after its deletion.
 */
class ConsumerLoopIT extends Campaign {
    private static final Logger LOG = LoggerFactory.getLogger(ConsumerLoopIT.class);
    @Test
    void nothingIsLostAndNothingDoubledOnFifoAcrossTwoKills() {
        loop(Duration.ofMillis(20), Duration.ZERO, 30);
    }

    @Test
    @Tag("slow")
    @Timeout(7_200)
    void nothingIsLostAndNothingDoubledOnFifoInAnHourOfKills() {
        long seconds = Long.getLong("loop.seconds", 3_600);
        loop(Duration.ofMillis(Long.getLong("loop.pace.millis", 200)),
                Duration.ofSeconds(seconds), Integer.getInteger("loop.messages", 150));
    }

    /**
     * Kills leaders until the time is over, twice at least.
     *
     * @param messages of each queue that are received between a kill and a start
     */
    private void loop(Duration pace, Duration length, int messages) {
        try (ConsumerLoop fifo = ConsumerLoop.begin(cluster(), true, pace);
                ConsumerLoop standard = ConsumerLoop.begin(cluster(), false, pace)) {
            long end = System.nanoTime() + length.toNanos();
            int kills = 0;
            while (kills < 2 || System.nanoTime() - end < 0) {
                awaitMore(fifo, standard, messages);
                ClusterNode leader = cluster().awaitLeader();
                leader.killNine();
                ClusterNode unused = cluster().awaitLeader(cluster().others(leader));
                awaitMore(fifo, standard, messages);
                cluster().start(leader);
                cluster().awaitReady();
                kills++;
                LOG.info("kills {} {} {}", kills, fifo.summary(), standard.summary());
            }
            fifo.assertNothingLost();
            standard.assertNothingLost();
            LOG.info("done kills {} {} {}", kills, fifo.summary(), standard.summary());
        }
    }

    private static void awaitMore(ConsumerLoop fifo, ConsumerLoop standard, int messages) {
        int fifoBefore = fifo.receives();
        int standardBefore = standard.receives();
        await("messages of both queues").atMost(ClusterProcesses.PATIENCE.multipliedBy(2))
                .failFast(() -> {
                    fifo.receives();
                    standard.receives();
                })
                .conditionEvaluationListener(new ConditionEvaluationListener<Object>() {
                    @Override
                    public void conditionEvaluated(EvaluatedCondition<Object> condition) {
                        // Only a wait that ends in vain is of interest.
                    }

                    @Override
                    public void onTimeout(TimeoutEvent event) {
                        LOG.error("stalled {} held {} {} held {}", fifo.summary(), fifo.held(),
                                standard.summary(), standard.held());
                    }
                })
                .until(() -> fifo.receives() >= fifoBefore + messages
                        && standard.receives() >= standardBefore + messages);
    }
}
