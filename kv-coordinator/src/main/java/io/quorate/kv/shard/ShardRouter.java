package io.quorate.kv.shard;

import io.quorate.kv.Condition;
import io.quorate.kv.Key;
import io.quorate.kv.KvException;
import io.quorate.kv.KvFailure;
import io.quorate.kv.Mutation;
import io.quorate.kv.Transaction;

/** Finds the group of a key or a transaction in the newest route table. Safe for any thread. */
public final class ShardRouter {
    private static final int NONE = -1;

    private volatile RouteTable table;

    public ShardRouter(RouteTable table) {
        this.table = table;
    }

    /** The newest table. */
    public RouteTable table() {
        return table;
    }

    /** Takes a table over unless it is older than the present one. */
    public synchronized void update(RouteTable newer) {
        if (newer.version() > table.version()) {
            table = newer;
        }
    }

    /** The group that owns a key. */
    public int groupOf(Key key) {
        return table.groupOf(key.route());
    }

    /**
     * The one group that owns everything a transaction names; the default group if it names nothing.
     *
     * @throws KvException {@link KvFailure.Refused} if several groups own parts of it
     */
    public int groupOf(Transaction transaction) {
        RouteTable routes = table;
        if (routes.shards().size() == 1) {
            return routes.shards().getFirst().groupId();
        }
        int group = NONE;
        for (Condition condition : transaction.conditions()) {
            int route = routeOf(condition);
            group = route == NONE ? group : same(group, routes.groupOf(route));
        }
        for (Mutation mutation : transaction.mutations()) {
            group = same(group, routes.groupOf(mutation.route()));
        }
        return group == NONE ? RouteTable.DEFAULT_GROUP : group;
    }

    private static int routeOf(Condition condition) {
        return switch (condition) {
            case Condition.VersionIs is -> is.key().route();
            case Condition.Exists exists -> exists.key().route();
            case Condition.ValueIs is -> is.key().route();
            case Condition.ScanUnchanged unchanged -> unchanged.scan().range().route();
            case Condition.CommittedBefore before -> NONE;
        };
    }

    private static int same(int known, int found) {
        if (known != NONE && known != found) {
            throw new KvFailure.Refused("the transaction spans more than one shard").asException();
        }
        return found;
    }
}
