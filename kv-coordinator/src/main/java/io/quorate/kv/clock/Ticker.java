package io.quorate.kv.clock;

/** A monotonic clock of no particular origin; only differences mean anything. Safe for any thread. */
@FunctionalInterface
public interface Ticker {
    /** Nanoseconds; compare by subtraction. */
    long nanos();

    /** The JVM's monotonic clock. */
    static Ticker system() {
        return System::nanoTime;
    }
}
