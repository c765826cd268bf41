package io.quorate.kv.leader;

import io.quorate.kv.Deadline;
import io.quorate.kv.Key;
import io.quorate.kv.KvFailure;
import io.quorate.kv.LeaderProbe;
import io.quorate.kv.raft.DeadlineTimer;
import io.quorate.kv.raft.HealthVerifier;
import io.quorate.kv.shard.RouteTable;
import io.quorate.kv.txn.GroupReplicas;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;

/**
 * Answers whether this node leads a group, by that group's shared Confirm rounds. Probes that name a
 * group (health) share one waiter of it, so that a flood of them leaves room for those who ask for a
 * key. Safe for any thread.
 */
public final class VerifiedLeadership implements LeaderProbe {
    /** Most probes of one group that wait at a time; beyond, {@link KvFailure.Overloaded}. */
    public static final int MAX_PROBES = 65_536;

    private final GroupReplicas replicas;
    private final Map<Integer, HealthVerifier> probes;

    /**
     * Makes the probe of a node.
     *
     * @param timer ends waits
     */
    public VerifiedLeadership(GroupReplicas replicas, DeadlineTimer timer) {
        this.replicas = replicas;
        this.probes = replicas.all().stream()
                .collect(Collectors.toUnmodifiableMap(replica -> replica.group().groupId(),
                        replica -> new HealthVerifier(replica.verifier(), timer, MAX_PROBES)));
    }

    @Override
    public Mono<Void> verifyLeader() {
        return verifyLeaderOf(RouteTable.DEFAULT_GROUP);
    }

    @Override
    public Mono<Void> verifyLeaderFor(Key key) {
        return Mono.deferContextual(
                context -> replicas.owning(key).verifier().verifyLeader(Deadline.of(context)));
    }

    @Override
    public Mono<Void> verifyLeaderOf(int groupId) {
        return Mono.deferContextual(context -> {
            Deadline deadline = Deadline.of(context);
            HealthVerifier probe = probes.get(groupId);
            return probe == null
                    ? Mono.error(new KvFailure.NoLeader().asException())
                    : probe.verifyLeader(deadline);
        });
    }

    @Override
    public Optional<String> knownLeader(int groupId) {
        return replicas.group(groupId).flatMap(replica -> replica.group().leadership().leader());
    }
}
