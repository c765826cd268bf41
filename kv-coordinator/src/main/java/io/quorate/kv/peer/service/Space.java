package io.quorate.kv.peer.service;

import com.google.protobuf.ByteString;
import io.quorate.kv.Key;
import io.quorate.kv.KeyRange;
import io.quorate.kv.keyspace.KeyEncoder;
import io.quorate.kv.keyspace.KeyReader;
import io.quorate.kv.keyspace.RouteHash;
import io.quorate.kv.v1.Span;
import java.util.Optional;

/**
 * The stored keys of one space: {@code (9, space, key)} in tuple order, which keeps the order of the
 * keys' bytes, all on the route of the space's name. The layout is on disk and fixed for ever.
 */
final class Space {
    /** The kind of the keys of applications. */
    static final long KIND = 9;
    private static final int USER_KEY = 2;
    private static final ByteString ZERO = ByteString.copyFrom(new byte[1]);

    private final String name;
    private final int route;

    Space(String name) {
        this.name = name;
        this.route = RouteHash.of("kv", name);
    }

    /** Where a key is stored. */
    Key key(ByteString userKey) {
        return Key.of(route, StoredKey.encode(name, userKey));
    }

    /** The key under which a row was stored. */
    static ByteString userKey(Key key) {
        return ByteString.copyFrom(KeyReader.of(key).bytes(USER_KEY));
    }

    /** The first key after another. */
    static ByteString after(ByteString userKey) {
        return userKey.concat(ZERO);
    }

    /** The stored keys of a span; empty if no key can lie in it. */
    Optional<KeyRange> range(Span span) {
        ByteString first = later(span.getStart(), span.getPrefix());
        ByteString end = earlier(span.getEnd(), successor(span.getPrefix()));
        if (!end.isEmpty() && compare(first, end) >= 0) {
            return Optional.empty();
        }
        KeyRange all = KeyEncoder.of(KIND).add(name).onRoute(route).below();
        return Optional.of(new KeyRange(first.isEmpty() ? all.start() : key(first),
                end.isEmpty() ? all.end() : key(end)));
    }

    static int compare(ByteString left, ByteString right) {
        return ByteString.unsignedLexicographicalComparator().compare(left, right);
    }

    private static ByteString later(ByteString left, ByteString right) {
        return compare(left, right) >= 0 ? left : right;
    }

    /** The earlier of two ends, where an empty one is no end. */
    private static ByteString earlier(ByteString left, ByteString right) {
        if (left.isEmpty() || right.isEmpty()) {
            return left.isEmpty() ? right : left;
        }
        return compare(left, right) <= 0 ? left : right;
    }

    /** The first key after all that begin with the prefix; empty if there is none. */
    private static ByteString successor(ByteString prefix) {
        int last = prefix.size() - 1;
        while (last >= 0 && prefix.byteAt(last) == (byte) 0xFF) {
            last--;
        }
        if (last < 0) {
            return ByteString.EMPTY;
        }
        byte[] bytes = prefix.substring(0, last + 1).toByteArray();
        bytes[last]++;
        return ByteString.copyFrom(bytes);
    }
}
