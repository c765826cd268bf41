package io.quorate.kv.peer.checkpoint;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Keeps what several threads send together below a rate. */
final class ByteRate {
    /** What may be sent at once after a pause. */
    private static final long BURST_NANOS = Duration.ofMillis(50).toNanos();

    private final long bytesPerSecond;
    private long paidUntil = System.nanoTime();

    ByteRate(long bytesPerSecond) {
        this.bytesPerSecond = bytesPerSecond;
    }

    /** Returns when these bytes may be sent; parks the thread. */
    void take(int bytes) {
        long due = reserve(bytes);
        for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
            LockSupport.parkNanos(this, wait);
        }
    }

    private synchronized long reserve(int bytes) {
        long now = System.nanoTime();
        long start = paidUntil - now < -BURST_NANOS ? now - BURST_NANOS : paidUntil;
        paidUntil = start + TimeUnit.SECONDS.toNanos(1) * bytes / bytesPerSecond;
        return start;
    }
}
