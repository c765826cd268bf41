package io.quorate.kv.keyspace;

import com.apple.foundationdb.tuple.Tuple;
import io.quorate.kv.Key;

/** The elements of a key that {@link KeyEncoder} made, by position; the kind is element 0. Immutable. */
public final class KeyReader {
    private final Tuple elements;

    private KeyReader(Tuple elements) {
        this.elements = elements;
    }

    /**
     * Takes a key apart.
     *
     * @throws IllegalArgumentException if its bytes are no tuple
     */
    public static KeyReader of(Key key) {
        return new KeyReader(Tuple.fromBytes(key.shared()));
    }

    /** How many elements there are. */
    public int size() {
        return elements.size();
    }

    /** The number at a position; a {@link ClassCastException} if it is none. */
    public long number(int position) {
        return elements.getLong(position);
    }

    /** The text at a position; a {@link ClassCastException} if it is none. */
    public String text(int position) {
        return elements.getString(position);
    }

    /** A copy of the byte string at a position; a {@link ClassCastException} if it is none. */
    public byte[] bytes(int position) {
        return elements.getBytes(position);
    }
}
