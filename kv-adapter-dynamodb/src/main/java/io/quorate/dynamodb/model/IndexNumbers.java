package io.quorate.dynamodb.model;

/** Numbers of indexes: the version of the schema that brought the index, and a position. */
public final class IndexNumbers {
    private static final int POSITIONS = 256;

    private IndexNumbers() {}

    /** A number no other index of the table has or had. */
    public static long of(long schemaVersion, int position) {
        if (position < 0 || position >= POSITIONS) {
            throw new IllegalArgumentException("no position of an index: " + position);
        }
        return schemaVersion * POSITIONS + position;
    }
}
