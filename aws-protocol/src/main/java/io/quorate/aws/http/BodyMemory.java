package io.quorate.aws.http;

import io.quorate.aws.payload.PayloadException;
import io.quorate.aws.payload.PayloadFailure;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the bytes of all bodies held in memory and refuses what goes beyond. Thread-safe. */
final class BodyMemory {
    private final long maxBytes;
    private final AtomicLong held = new AtomicLong();

    BodyMemory(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    long heldBytes() {
        return held.get();
    }

    /** What one exchange holds. Not thread-safe but for {@link #release}, which comes last. */
    final class Share {
        private long mine;

        /**
         * Takes so many bytes more.
         *
         * @throws PayloadException with TooManyBodies if there is no room
         */
        void take(long bytes) {
            if (held.addAndGet(bytes) > maxBytes) {
                held.addAndGet(-bytes);
                throw new PayloadException(new PayloadFailure.TooManyBodies());
            }
            mine += bytes;
        }

        void release() {
            held.addAndGet(-mine);
            mine = 0;
        }
    }
}
