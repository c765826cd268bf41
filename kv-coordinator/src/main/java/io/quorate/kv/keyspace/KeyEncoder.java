package io.quorate.kv.keyspace;

import com.apple.foundationdb.tuple.Tuple;
import io.quorate.kv.Key;
import io.quorate.kv.KeyRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Builds one key, or the range of keys below it, element by element.
 *
 * <p>Elements are encoded by the FoundationDB tuple layer, so keys sort element by element: numbers
 * by value, texts by Unicode code point (the order of their UTF-8 bytes), byte strings unsigned, and
 * a tuple before its extensions. A keyspace writes {@code (kind, owner id, hash16, key...)}:
 *
 * <pre>{@code
 * Key row = KeyEncoder.of(ITEM).add(tableId).route(hash).add(partitionKey).add(sortKey).toKey();
 * KeyRange table = KeyEncoder.of(ITEM).add(tableId).route(hash).below();
 * }</pre>
 *
 * <p>Not thread-safe; use one for one key.
 */
public final class KeyEncoder {
    private static final int NO_ROUTE = -1;

    private final List<Object> elements = new ArrayList<>(6);
    private int route = NO_ROUTE;

    private KeyEncoder() {}

    /** Begins a key of a kind: a number no other keyspace uses. */
    public static KeyEncoder of(long kind) {
        return new KeyEncoder().add(kind);
    }

    /** Adds a number. */
    public KeyEncoder add(long number) {
        elements.add(number);
        return this;
    }

    /**
     * Adds a text.
     *
     * @throws IllegalArgumentException when the key is made, if the text is no valid UTF-16
     */
    public KeyEncoder add(String text) {
        elements.add(text);
        return this;
    }

    /** Adds a byte string, which must not be changed before the key is made. */
    public KeyEncoder add(byte[] bytes) {
        elements.add(bytes);
        return this;
    }

    /** Adds the route as an element and makes it the key's route. */
    public KeyEncoder route(int hash16) {
        elements.add((long) hash16);
        return onRoute(hash16);
    }

    /** Makes this the key's route without adding an element. */
    public KeyEncoder onRoute(int hash16) {
        if (hash16 < 0 || hash16 > 0xFFFF) {
            throw new IllegalArgumentException("route out of range: " + hash16);
        }
        route = hash16;
        return this;
    }

    /** The key. */
    public Key toKey() {
        return Key.of(requiredRoute(), pack());
    }

    /** All keys that extend this one by at least one element. */
    public KeyRange below() {
        byte[] packed = pack();
        return range(append(packed, (byte) 0x00), append(packed, (byte) 0xFF));
    }

    /** All keys whose next element is a text that begins with the prefix; the empty one means any text. */
    public KeyRange belowTextsStartingWith(String prefix) {
        return startingWith(prefix);
    }

    /** All keys whose next element is a byte string that begins with the prefix. */
    public KeyRange belowBytesStartingWith(byte[] prefix) {
        return startingWith(prefix);
    }

    /** The first possible key after the given one: where the next page of an ascending scan begins. */
    public static Key immediatelyAfter(Key key) {
        return Key.of(key.route(), append(key.shared(), (byte) 0x00));
    }

    private KeyRange startingWith(Object prefix) {
        elements.add(prefix);
        byte[] packed = pack();
        elements.removeLast();
        // Without the terminating zero byte the encoding is a prefix of that of every continuation.
        byte[] open = Arrays.copyOf(packed, packed.length - 1);
        return KeyRange.withPrefix(Key.of(requiredRoute(), open));
    }

    private KeyRange range(byte[] start, byte[] end) {
        int hash16 = requiredRoute();
        return new KeyRange(Key.of(hash16, start), Key.of(hash16, end));
    }

    private byte[] pack() {
        return Tuple.fromList(elements).pack();
    }

    private int requiredRoute() {
        if (route == NO_ROUTE) {
            throw new IllegalStateException("a key needs a route: " + elements);
        }
        return route;
    }

    private static byte[] append(byte[] bytes, byte last) {
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
        longer[bytes.length] = last;
        return longer;
    }
}
