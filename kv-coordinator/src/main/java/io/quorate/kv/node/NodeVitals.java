package io.quorate.kv.node;

import io.quorate.kv.PeerCalls;
import io.quorate.kv.member.Roster;
import io.quorate.kv.raft.hazelcast.HazelcastRaftGroup;
import io.quorate.kv.vitals.SpaceHandOver;
import io.quorate.kv.vitals.Successor;
import io.quorate.kv.vitals.VitalsWatch;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** What this node tells its peers of itself and hears of them, and what it does about it. For one thread. */
final class NodeVitals {
    /** Between two ticks. */
    static final Duration PERIOD = Duration.ofSeconds(1);
    /** A follower that was silent for longer is not handed leadership. */
    private static final long SILENT_MILLIS = 1_500;

    private final VitalsWatch watch;
    private final SpaceHandOver handOver;
    private final NodeMetrics metrics;
    private Set<String> shown = Set.of();

    NodeVitals(PeerCalls calls, Roster roster, HazelcastRaftGroup group, NodeCondition condition,
            NodeSeams seams, NodeMetrics metrics) {
        this.metrics = metrics;
        this.watch = new VitalsWatch(
                new VitalsWatch.Self(() -> condition.refusal().isEmpty(), seams.wall(),
                        seams.ticker()),
                calls, () -> others(roster));
        this.handOver = new SpaceHandOver(group, condition::isLowOnSpace,
                () -> successors(group), watch::takesWrites, seams.ticker());
    }

    private static List<String> others(Roster roster) {
        return roster.contacts().stream().map(Roster.Contact::nodeId)
                .filter(name -> !name.equals(roster.self().nodeId())).toList();
    }

    private static List<Successor> successors(HazelcastRaftGroup group) {
        return group.members().followers().stream()
                .filter(follower -> follower.silentMillis() < SILENT_MILLIS)
                .map(follower -> new Successor(follower.member().nodeId(), follower.matchIndex()))
                .toList();
    }

    void tick() {
        watch.tick();
        handOver.tick();
        Set<String> told = watch.told();
        if (!told.equals(shown)) {
            shown = told;
            metrics.showClocks(watch);
        }
    }
}
