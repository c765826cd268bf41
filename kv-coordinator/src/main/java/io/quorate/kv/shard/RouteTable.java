package io.quorate.kv.shard;

import java.util.List;

/**
 * Gives every route to exactly one group. Immutable; a change of ownership is a table with a higher
 * version.
 *
 * @param version grows with every change
 * @param shards ascending, without gap or overlap, from route 0 to {@link Shard#LAST_ROUTE}
 */
public record RouteTable(long version, List<Shard> shards) {
    /** The default group, which also owns the definitions. */
    public static final int DEFAULT_GROUP = 0;

    public RouteTable {
        shards = List.copyOf(shards);
        int next = 0;
        for (Shard shard : shards) {
            if (shard.firstRoute() != next) {
                throw new IllegalArgumentException(
                        "route " + next + " has not exactly one owner in " + shards);
            }
            next = shard.lastRoute() + 1;
        }
        if (next != Shard.LAST_ROUTE + 1) {
            throw new IllegalArgumentException("routes from " + next + " have no owner");
        }
    }

    /** The first table of a new cluster: the default group owns everything. */
    public static RouteTable single() {
        return new RouteTable(1, List.of(new Shard(0, Shard.LAST_ROUTE, DEFAULT_GROUP)));
    }

    /** The group that owns a route. */
    public int groupOf(int route) {
        int low = 0;
        int high = shards.size() - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (shards.get(middle).lastRoute() < route) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        Shard owner = shards.get(low);
        if (!owner.owns(route)) {
            throw new IllegalArgumentException("route out of range: " + route);
        }
        return owner.groupId();
    }
}
