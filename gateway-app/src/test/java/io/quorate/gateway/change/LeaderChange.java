package io.quorate.gateway.change;

import io.quorate.gateway.campaign.ClusterNode;
import io.quorate.gateway.campaign.ClusterProcesses;
import java.util.List;
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
            cluster.transfer(next);
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
}
