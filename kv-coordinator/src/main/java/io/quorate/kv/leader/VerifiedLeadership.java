package io.quorate.kv.leader;

import io.quorate.kv.Deadline;
import io.quorate.kv.Key;
import io.quorate.kv.KvFailure;
import io.quorate.kv.LeaderProbe;
import io.quorate.kv.shard.RouteTable;
import io.quorate.kv.txn.GroupReplica;
import io.quorate.kv.txn.GroupReplicas;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** Answers whether this node leads a group, by that group's shared Confirm rounds. Safe for any thread. */
public final class VerifiedLeadership implements LeaderProbe {
    private final GroupReplicas replicas;

    public VerifiedLeadership(GroupReplicas replicas) {
        this.replicas = replicas;
    }

    @Override
    public Mono<Void> verifyLeader() {
        return verifyLeaderOf(RouteTable.DEFAULT_GROUP);
    }

    @Override
    public Mono<Void> verifyLeaderFor(Key key) {
        return Mono.deferContextual(
                context -> verify(replicas.owning(key), Deadline.of(context)));
    }

    @Override
    public Mono<Void> verifyLeaderOf(int groupId) {
        return Mono.deferContextual(context -> {
            Deadline deadline = Deadline.of(context);
            return replicas.group(groupId).map(replica -> verify(replica, deadline))
                    .orElseGet(() -> Mono.error(new KvFailure.NoLeader().asException()));
        });
    }

    @Override
    public Optional<String> knownLeader(int groupId) {
        return replicas.group(groupId).flatMap(replica -> replica.group().leadership().leader());
    }

    private static Mono<Void> verify(GroupReplica replica, Deadline deadline) {
        return replica.verifier().verifyLeader(deadline);
    }
}
