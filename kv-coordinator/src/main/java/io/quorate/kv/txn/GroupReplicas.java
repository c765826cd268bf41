package io.quorate.kv.txn;

import io.quorate.kv.Key;
import io.quorate.kv.KvFailure;
import io.quorate.kv.Transaction;
import io.quorate.kv.shard.ShardRouter;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** The groups this node takes part in, found by what they own. Immutable but for the route table. */
public final class GroupReplicas {
    private final ShardRouter router;
    private final Map<Integer, GroupReplica> replicas;

    public GroupReplicas(ShardRouter router, Map<Integer, GroupReplica> replicas) {
        this.router = router;
        this.replicas = Map.copyOf(replicas);
    }

    /** Every group. */
    public Collection<GroupReplica> all() {
        return replicas.values();
    }

    /** A group by its number; empty if this node has no replica of it. */
    public Optional<GroupReplica> group(int groupId) {
        return Optional.ofNullable(replicas.get(groupId));
    }

    /**
     * The replica of the group that owns a key.
     *
     * @throws io.quorate.kv.KvException {@link KvFailure.NoLeader} if this node has none
     */
    public GroupReplica owning(Key key) {
        return required(router.groupOf(key));
    }

    /**
     * The replica of the one group that owns everything the transaction names.
     *
     * @throws io.quorate.kv.KvException {@link KvFailure.Refused} if several groups own parts of it,
     *         {@link KvFailure.NoLeader} if this node has no replica
     */
    public GroupReplica owning(Transaction transaction) {
        return required(router.groupOf(transaction));
    }

    private GroupReplica required(int groupId) {
        GroupReplica replica = replicas.get(groupId);
        if (replica == null) {
            throw new KvFailure.NoLeader().asException();
        }
        return replica;
    }
}
