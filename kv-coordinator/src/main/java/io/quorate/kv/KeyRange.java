package io.quorate.kv;

import java.util.Arrays;

/**
 * Keys from a start (inclusive) to an end (exclusive), all on one route.
 *
 * @param start the first key that may be in the range
 * @param end the first key after the range; greater than {@code start}
 */
public record KeyRange(Key start, Key end) {
    public KeyRange {
        if (start.compareTo(end) >= 0) {
            throw new IllegalArgumentException("empty range: " + start + " to " + end);
        }
        if (start.route() != end.route()) {
            throw new IllegalArgumentException(
                    "a range lies on one route: " + start + " to " + end);
        }
    }

    /** All keys that begin with the given key's bytes. */
    public static KeyRange withPrefix(Key prefix) {
        return new KeyRange(prefix, Key.of(prefix.route(), successorOfPrefix(prefix.shared())));
    }

    /** The route all keys of the range belong to. */
    public int route() {
        return start.route();
    }

    /** Whether the key lies in the range. */
    public boolean contains(Key key) {
        return start.compareTo(key) <= 0 && key.compareTo(end) < 0;
    }

    private static byte[] successorOfPrefix(byte[] prefix) {
        int last = prefix.length - 1;
        while (last >= 0 && prefix[last] == (byte) 0xFF) {
            last--;
        }
        if (last < 0) {
            throw new IllegalArgumentException("no key follows a prefix of 0xFF bytes");
        }
        byte[] successor = Arrays.copyOf(prefix, last + 1);
        successor[last]++;
        return successor;
    }
}
