package io.quorate.benchmarks.aws;

/**
 * The size of a load.
 *
 * @param items different keys
 * @param valueBytes bytes of each value, body or message
 * @param backlog messages that lie in a queue before anything is measured
 */
public record Shape(int items, int valueBytes, int backlog) {
    public Shape {
        if (items < 1 || valueBytes < 1 || backlog < 0) {
            throw new IllegalArgumentException(items + " items of " + valueBytes + " bytes");
        }
    }

    /** Where a connection begins, so that they do not walk in step. */
    long first(int connection) {
        return connection * 7919L % items;
    }
}
