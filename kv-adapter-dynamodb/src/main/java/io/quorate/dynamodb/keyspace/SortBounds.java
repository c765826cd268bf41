package io.quorate.dynamodb.keyspace;

import io.quorate.dynamodb.model.Bytes;
import io.quorate.kv.Key;
import io.quorate.kv.KeyRange;
import io.quorate.kv.keyspace.KeyEncoder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which keys below a prefix are wanted: elements that must be equal, then bounds of the next one.
 *
 * @param equal the values of the elements after the prefix
 * @param low what the next element must be at least, or null
 * @param high what the next element must be at most, or null
 * @param prefix what the next element must begin with, or null; then there are no other bounds
 */
public record SortBounds(List<byte[]> equal, @Nullable Bound low, @Nullable Bound high,
        @Nullable Bytes prefix) {
    /** Everything. */
    public static final SortBounds ALL = new SortBounds(List.of(), null, null, null);

    private static final byte BEFORE_ANY_ELEMENT = 0x00;
    private static final byte AFTER_ANY_ELEMENT = (byte) 0xFF;

    /**
     * One end of a range.
     *
     * @param value where it ends
     * @param inclusive whether the value itself belongs to it
     */
    public record Bound(Bytes value, boolean inclusive) {}

    /** The range below a prefix; a range that can hold nothing becomes one that holds no row. */
    KeyRange under(Supplier<KeyEncoder> keyPrefix) {
        if (prefix != null) {
            return start(keyPrefix).belowBytesStartingWith(prefix.shared());
        }
        boolean whole = low == null && high == null;
        if (whole) {
            Key exact = start(keyPrefix).toKey();
            return new KeyRange(exact, after(exact));
        }
        Key from = low == null
                ? append(start(keyPrefix).toKey(), BEFORE_ANY_ELEMENT)
                : edge(start(keyPrefix).add(low.value.shared()).toKey(), !low.inclusive);
        Key to = high == null
                ? after(start(keyPrefix).toKey())
                : edge(start(keyPrefix).add(high.value.shared()).toKey(), high.inclusive);
        return from.compareTo(to) < 0
                ? new KeyRange(from, to)
                : new KeyRange(from, append(from, BEFORE_ANY_ELEMENT));
    }

    /** Whether no key can lie within these bounds. */
    public boolean isEmpty() {
        if (low == null || high == null) {
            return false;
        }
        int order = low.value.compareTo(high.value);
        return order > 0 || (order == 0 && !(low.inclusive && high.inclusive));
    }

    private KeyEncoder start(Supplier<KeyEncoder> keyPrefix) {
        KeyEncoder encoder = keyPrefix.get();
        equal.forEach(encoder::add);
        return encoder;
    }

    private static Key edge(Key value, boolean past) {
        return past ? after(value) : value;
    }

    private static Key after(Key key) {
        return append(key, AFTER_ANY_ELEMENT);
    }

    private static Key append(Key key, byte last) {
        byte[] longer = Arrays.copyOf(key.shared(), key.length() + 1);
        longer[key.length()] = last;
        return Key.of(key.route(), longer);
    }

    /** The part of a range that a page which ended at a key has left; empty if nothing. */
    public static Optional<KeyRange> rest(KeyRange range, Key last, boolean descending) {
        Key from = descending ? range.start() : KeyEncoder.immediatelyAfter(last);
        Key to = descending ? last : range.end();
        Key first = Key.of(range.route(), from.shared());
        Key end = Key.of(range.route(), to.shared());
        return first.compareTo(end) < 0 ? Optional.of(new KeyRange(first, end)) : Optional.empty();
    }
}
