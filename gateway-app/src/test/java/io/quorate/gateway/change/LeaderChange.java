package io.quorate.gateway.change;

import static org.awaitility.Awaitility.await;

import io.quorate.gateway.campaign.ClusterNode;
import io.quorate.gateway.campaign.ClusterProcesses;
import io.quorate.gateway.operate.AdminCommand;
import io.quorate.gateway.operate.AdminRun;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** How leadership passes on while clients call a node that does not lead. */
enum LeaderChange {
    /** The leader hands over to the other follower, as an operator asks. */
    TRANSFER {
        @Override
        void happen(ClusterProcesses cluster, ClusterNode leader, ClusterNode entry,
                CountDownLatch begun) {
            ClusterNode next = cluster.others(leader).stream().filter(node -> node != entry)
                    .findFirst().orElseThrow();
            begun.countDown();
            transfer(entry, next);
            var unused = cluster.awaitLeader(List.of(next));
        }

        @Override
        void repair(ClusterProcesses cluster, ClusterNode former) {}
    },
    /** The leader's process is killed; the others elect one. */
    KILL {
        @Override
        void happen(ClusterProcesses cluster, ClusterNode leader, ClusterNode entry,
                CountDownLatch begun) {
            leader.killNine();
            begun.countDown();
            var unused = cluster.awaitLeader(cluster.others(leader));
        }

        @Override
        void repair(ClusterProcesses cluster, ClusterNode former) {
            cluster.start(former);
            cluster.awaitReady();
        }
    };

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /**
     * Makes another node lead, and returns when it does.
     *
     * @param entry goes on running, and does not lead before
     * @param begun counted down as soon as no call can pass by the change any more
     */
    abstract void happen(ClusterProcesses cluster, ClusterNode leader, ClusterNode entry,
            CountDownLatch begun);

    /** Makes all nodes run again. */
    abstract void repair(ClusterProcesses cluster, ClusterNode former);

    /** Asks until it was done: a busy cluster may refuse. */
    private static void transfer(ClusterNode asked, ClusterNode next) {
        AdminCommand.Target target = new AdminCommand.Target("127.0.0.1:" + asked.peerPort(),
                Optional.empty(), PATIENCE);
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        await("leadership of " + next.id()).atMost(ClusterProcesses.PATIENCE)
                .until(() -> new AdminRun(Map.of(), out, out).run(
                        new AdminCommand.Transfer(target, Optional.of(next.id()))) == 0);
    }
}
