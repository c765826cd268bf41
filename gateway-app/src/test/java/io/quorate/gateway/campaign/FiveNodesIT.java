package io.quorate.gateway.campaign;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Five nodes, of which any two may be dead or cut off: for minutes, under load, nothing acknowledged is lost. */
@Tag("slow")
class FiveNodesIT extends Campaign {
    private static final Logger LOG = LoggerFactory.getLogger(FiveNodesIT.class);
    /** Of each of the two campaigns. */
    private static final Duration LASTS = Duration
            .ofSeconds(Integer.getInteger("campaign.seconds", 300));
    private static final Duration PACE = Duration.ofMillis(100);
    /** Acknowledged writes of each kind during a fault, and after it. */
    private static final int WRITES = 10;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final List<Duration> silences = new ArrayList<>();

    FiveNodesIT() {
        super(5);
    }

    @Test
    @Timeout(1_200)
    void twoOfFiveAreKilledAgainAndAgain() {
        rage(load -> {
            List<ClusterNode> victims = victims();
            victims.forEach(ClusterNode::killNine);
            load.awaitMoreOfEach(WRITES);
            victims.forEach(cluster()::start);
        });
    }

    @Test
    @Timeout(1_200)
    void twoOfFiveAreCutOffAgainAndAgain() {
        rage(load -> {
            List<ClusterNode> victims = victims();
            List<ClusterNode> others = cluster().nodes().stream()
                    .filter(node -> !victims.contains(node)).toList();
            switch (random.nextInt(3)) {
                case 0 -> victims.forEach(victim -> cluster().isolate(victim, others));
                case 1 -> victims.forEach(
                        victim -> others.forEach(other -> cluster().cut(victim, other)));
                default -> victims.forEach(
                        victim -> others.forEach(other -> cluster().cut(other, victim)));
            }
            // Writers of a node that is cut off wait for it; those of the majority go on.
            int before = load.acknowledged();
            await("writes").atMost(ClusterProcesses.PATIENCE)
                    .until(() -> load.acknowledged() >= before + 10 * WRITES);
            cluster().heal();
        });
    }

    /** The leader and another one, or any two. */
    private List<ClusterNode> victims() {
        List<ClusterNode> nodes = new ArrayList<>(cluster().nodes());
        Collections.shuffle(nodes, random);
        if (random.nextInt(4) > 0) {
            ClusterNode leader = cluster().awaitLeader();
            nodes.remove(leader);
            nodes.addFirst(leader);
        }
        return nodes.subList(0, 2);
    }

    private interface Fault {
        void strike(MixedLoad load);
    }

    private void rage(Fault fault) {
        LOG.info("seed {}", seed);
        long begun = System.nanoTime();
        try (MixedLoad load = new MixedLoad(cluster(), PACE)) {
            while (System.nanoTime() - begun < LASTS.toNanos()) {
                load.awaitMoreOfEach(WRITES);
                long struck = System.nanoTime();
                fault.strike(load);
                silences.add(load.longestSilence(struck, System.nanoTime()));
                cluster().awaitReady();
            }
            Collections.sort(silences);
            LOG.info(
                    "faults {} acknowledged {} not acknowledged {} silence median {} longest {} ms",
                    silences.size(), load.acknowledged(), load.refused(),
                    silences.get(silences.size() / 2).toMillis(), silences.getLast().toMillis());
            load.assertNothingLost(cluster().awaitLeader());
        }
    }
}
