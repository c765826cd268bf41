package io.quorate.kv.shard;

/**
 * A span of routes and the group that owns every key on them.
 *
 * @param firstRoute the first route, inclusive
 * @param lastRoute the last route, inclusive
 * @param groupId the owner
 */
public record Shard(int firstRoute, int lastRoute, int groupId) {
    /** The highest route; routes are 16-bit hashes. */
    public static final int LAST_ROUTE = 0xFFFF;

    public Shard {
        if (firstRoute < 0 || lastRoute > LAST_ROUTE || firstRoute > lastRoute) {
            throw new IllegalArgumentException(
                    "no span of routes: " + firstRoute + " to " + lastRoute);
        }
        if (groupId < 0) {
            throw new IllegalArgumentException("no group: " + groupId);
        }
    }

    /** Whether the shard owns a route. */
    public boolean owns(int route) {
        return firstRoute <= route && route <= lastRoute;
    }
}
