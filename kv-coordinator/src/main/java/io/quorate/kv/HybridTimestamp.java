package io.quorate.kv;

/**
 * The 64-bit layout of hybrid logical clock values: 48 bits of milliseconds since the epoch, then a
 * 16-bit counter. Plain {@code long} values are compared as unsigned numbers would be, which for
 * the next 8,000 years is the order of signed ones (Kulkarni et al., "Logical Physical Clocks").
 */
public final class HybridTimestamp {
    private HybridTimestamp() {}

    /** Composes a timestamp. */
    public static long of(long millis, int counter) {
        if (millis < 0 || millis >= 1L << 47 || counter < 0 || counter > 0xFFFF) {
            throw new IllegalArgumentException("out of range: " + millis + "." + counter);
        }
        return millis << 16 | counter;
    }

    /** The millisecond part. */
    public static long millis(long timestamp) {
        return timestamp >>> 16;
    }

    /** The counter part. */
    public static int counter(long timestamp) {
        return (int) (timestamp & 0xFFFF);
    }
}
