package io.quorate.kv.clock;

/** Wall time, which may jump in either direction at any moment. Safe for any thread. */
@FunctionalInterface
public interface WallClock {
    /** Milliseconds since the epoch. */
    long currentMillis();

    /** The operating system's. */
    static WallClock system() {
        return System::currentTimeMillis;
    }
}
