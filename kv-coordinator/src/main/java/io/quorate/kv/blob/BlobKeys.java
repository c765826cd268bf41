package io.quorate.kv.blob;

import io.quorate.kv.Key;
import io.quorate.kv.keyspace.KeyEncoder;
import java.util.UUID;

/**
 * Ids of bodies and the keys of their rows. An id is a random UUID whose last 16 bits are the route
 * of its owner, so that a file's name alone leads to its row.
 */
final class BlobKeys {
    /** The kind of a body's row. */
    private static final long KIND = 1;

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
}
