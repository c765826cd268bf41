package io.quorate.kv.blob;

import io.quorate.kv.Key;
import io.quorate.kv.KeyRange;
import io.quorate.kv.keyspace.KeyEncoder;
import io.quorate.kv.keyspace.KeyReader;
import java.util.UUID;

/**
 * Ids of bodies and the keys of their rows. An id is a random UUID whose last 16 bits are the route
 * of its owner, so that a file's name alone leads to its row.
 */
final class BlobKeys {
    /** The kind of a body's row. */
    private static final long KIND = 1;
    /** The kind of the one row of a group that says who holds its bodies. */
    private static final long MEMBERS_KIND = 4;

    private BlobKeys() {}

    static UUID newId(int route) {
        UUID random = UUID.randomUUID();
        return new UUID(random.getMostSignificantBits(),
                (random.getLeastSignificantBits() & ~0xFFFFL) | route);
    }

    static int routeOf(UUID id) {
        return (int) (id.getLeastSignificantBits() & 0xFFFF);
    }

    static Key row(UUID id) {
        return KeyEncoder.of(KIND).route(routeOf(id)).add(id.getMostSignificantBits())
                .add(id.getLeastSignificantBits()).toKey();
    }

    /** The body whose row this is. */
    static UUID idOf(Key row) {
        KeyReader in = KeyReader.of(row);
        return new UUID(in.number(2), in.number(3));
    }

    /**
     * The rows of every body of the group that owns a route: a group stores its rows in the order of
     * their bytes, whatever their routes.
     */
    static KeyRange rowsOfGroup(int route) {
        return KeyEncoder.of(KIND).onRoute(route).below();
    }

    /** The row of the members of the group that owns a route: the same bytes in every group. */
    static Key members(int route) {
        return KeyEncoder.of(MEMBERS_KIND).onRoute(route).toKey();
    }
}
