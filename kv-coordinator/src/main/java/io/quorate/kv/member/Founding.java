package io.quorate.kv.member;

import io.quorate.kv.raft.hazelcast.wire.RaftMember;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What a node with an empty data directory does next, decided from what the peers say of themselves. It
 * founds a cluster only when every peer was heard and none belongs to one: then each comes to the same
 * founders by itself. A founder that comes late, perhaps after a crash, finds a peer whose cluster is the
 * one of founders with itself among them, and founds it, too. Anyone else who finds a peer with a cluster,
 * such as a founder that lost its data, asks to be let in.
 *
 * <p>That no two clusters come to life: a data directory is in one cluster for ever, and a cluster needs
 * more than half of its founders' directories.
 */
sealed interface Founding {
    /**
     * Not everybody was heard.
     *
     * @param missing the names
     */
    record Wait(List<String> missing) implements Founding {}

    /** Found this cluster. */
    record Found(Founded cluster) implements Founding {}

    /** Ask to be let into this cluster. */
    record Join(UUID cluster) implements Founding {}

    /**
     * The command lines do not fit together.
     *
     * @param sentence how
     */
    record Refuse(String sentence) implements Founding {}

    /**
     * Decides.
     *
     * @param self this node
     * @param peers the names it was told, this node's among them if it is to be a founder
     * @param heard what was answered, by the name asked for
     */
    static Founding decide(RaftMember self, Set<String> peers, Map<String, Greeting> heard) {
        for (Map.Entry<String, Greeting> answer : heard.entrySet()) {
            String name = answer.getValue().who().nodeId();
            if (!name.equals(answer.getKey())) {
                return new Refuse("The address given for node " + answer.getKey()
                        + " is answered by node " + name + "; correct --peers.");
            }
        }
        Set<UUID> clusters = new HashSet<>();
        heard.values().forEach(greeting -> greeting.cluster().ifPresent(clusters::add));
        if (clusters.size() > 1) {
            return new Refuse("The nodes of --peers belong to different clusters; give the peers"
                    + " of one cluster.");
        }
        if (clusters.size() == 1) {
            return late(self, clusters.iterator().next(), heard);
        }
        return decideAmongNew(self, peers, heard);
    }

    /** That the cluster is one of these founders is seen from its id. */
    private static Founding late(RaftMember self, UUID cluster, Map<String, Greeting> heard) {
        return heard.values().stream().filter(greeting -> greeting.cluster().isPresent())
                .flatMap(greeting -> greeting.known().stream())
                .filter(founders -> founders.contains(self)).map(Founded::by)
                .filter(founded -> founded.cluster().equals(cluster)).findFirst()
                .<Founding>map(Found::new).orElseGet(() -> new Join(cluster));
    }

    private static Founding decideAmongNew(RaftMember self, Set<String> peers,
            Map<String, Greeting> heard) {
        List<String> sorted = peers.stream().sorted().toList();
        List<RaftMember> founders = new ArrayList<>(List.of(self));
        for (Greeting greeting : heard.values()) {
            if (!greeting.names().equals(sorted)) {
                return new Refuse("Node " + greeting.who().nodeId() + " was given the peers "
                        + String.join(",", greeting.names()) + " and this node "
                        + String.join(",", sorted) + "; give all nodes the same --peers.");
            }
            founders.add(greeting.who());
        }
        List<String> missing = sorted.stream()
                .filter(name -> !name.equals(self.nodeId()) && !heard.containsKey(name)).toList();
        if (!missing.isEmpty() || !peers.contains(self.nodeId())) {
            return new Wait(missing.isEmpty() ? sorted : missing);
        }
        if (distinct(founders) < founders.size()) {
            return new Refuse("Two nodes of --peers use copies of one data directory; each needs"
                    + " a directory of its own.");
        }
        return new Found(Founded.by(founders));
    }

    private static long distinct(Collection<RaftMember> founders) {
        return founders.stream().map(RaftMember::uuid).distinct().count();
    }
}
