package io.quorate.kv.node;

import io.quorate.kv.PeerCalls;
import io.quorate.kv.member.ClusterEntry;
import io.quorate.kv.member.Founded;
import io.quorate.kv.member.Roster;
import io.quorate.kv.peer.checkpoint.CheckpointListener;
import io.quorate.kv.raft.hazelcast.CheckpointFetcher;
import io.quorate.kv.raft.hazelcast.RaftTransport;
import io.quorate.kv.raft.hazelcast.wire.RaftMember;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Opens a node's way to others, and makes sure that its data belongs to a cluster before a group is opened. */
final class Entrance {
    private final NodeSettings settings;
    private final ClosingStack closing;
    private final Consumer<String> waits;
    private final CheckpointListener checkpoints;

    /**
     * @param waits told what entering waits for
     * @param checkpoints hears how checkpoints travel
     */
    Entrance(NodeSettings settings, ClosingStack closing, Consumer<String> waits,
            CheckpointListener checkpoints) {
        this.checkpoints = checkpoints;
        this.settings = settings;
        this.closing = closing;
        this.waits = waits;
    }

    /**
     * A node that belongs to a cluster.
     *
     * @param directory its data, with the cluster written down
     * @param roster who the others are
     * @param link the way to them, if it has a peer port
     */
    record Entered(DataDirectory directory, Roster roster, Optional<PeerSide> link) {
        RaftTransport transport() {
            return link.<RaftTransport>map(PeerSide::transport).orElseGet(NoPeers::new);
        }

        PeerCalls calls() {
            return link.<PeerCalls>map(PeerSide::calls).orElseGet(NoPeerCalls::new);
        }

        CheckpointFetcher checkpoints() {
            return link.map(PeerSide::checkpoints).orElse(NoPeers::noCheckpoint);
        }
    }

    /** Enters; may block until the other nodes are there. */
    Entered enter(DataDirectory directory) throws NodeStartException {
        NodeMeta meta = directory.meta();
        Map<String, String> peers = settings.cluster().map(ClusterSettings::peers)
                .orElse(Map.of());
        Roster roster = new Roster(meta.self(), peers, meta.founded());
        if (settings.cluster().isEmpty()) {
            return new Entered(alone(directory, roster), roster, Optional.empty());
        }
        ClusterSettings cluster = settings.cluster().get();
        PeerSide link = closing
                .add(PeerSide.open(new PeerSide.Opening(directory, roster, cluster,
                        checkpoints)));
        boolean founds = meta.founded().isEmpty();
        boolean others = !cluster.others(settings.nodeId()).isEmpty();
        if (founds && others) {
            Founded found = find(meta.self(), cluster, link);
            DataDirectory entered = directory.in(found);
            roster.belongsTo(found);
            return new Entered(entered, roster, Optional.of(link));
        }
        return new Entered(founds ? founded(directory, roster) : directory, roster,
                Optional.of(link));
    }

    private Founded find(RaftMember self, ClusterSettings cluster, PeerSide link)
            throws NodeStartException {
        try {
            return new ClusterEntry(self, cluster.peers(), link, waits).find(cluster.patience());
        } catch (ClusterEntry.NoEntryException e) {
            throw new NodeStartFailure.NoCluster(e.sentence()).causedBy(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NodeStartFailure.NoCluster("The start was interrupted.").causedBy(e);
        }
    }

    private static DataDirectory alone(DataDirectory directory, Roster roster)
            throws NodeStartException {
        Optional<Founded> founded = directory.meta().founded();
        if (founded.isEmpty()) {
            return founded(directory, roster);
        }
        if (founded.get().members().size() > 1) {
            throw new NodeStartFailure.NoCluster("The data directory " + directory.path()
                    + " belongs to a cluster of several nodes, and this node has no peer port.")
                    .asException();
        }
        return directory;
    }

    private static DataDirectory founded(DataDirectory directory, Roster roster)
            throws NodeStartException {
        Founded alone = Founded.alone(directory.meta().self());
        DataDirectory entered = directory.in(alone);
        roster.belongsTo(alone);
        return entered;
    }
}
