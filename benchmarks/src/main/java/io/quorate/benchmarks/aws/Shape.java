package io.quorate.benchmarks.aws;

/**
 * The size of a load.
 *
 * @param items different keys
 * @param valueBytes bytes of each value, body or message
 */
public record Shape(int items, int valueBytes) {
    public Shape {
        if (items < 1 || valueBytes < 1) {
            throw new IllegalArgumentException(items + " items of " + valueBytes + " bytes");
        }
    }

    /** Where a connection begins, so that they do not walk in step. */
    long first(int connection) {
        return connection * 7919L % items;
    }
}
