package io.quorate.kv.leader;

import io.quorate.kv.RetryId;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Ids of the commands that this node forwards: 64 random bits for this start of the node, then a
 * counter that begins at random. Safe for any thread.
 */
final class CommandIds {
    private final long start;
    private final AtomicLong next;

    /**
     * Makes a source of ids.
     *
     * @param random used here and not kept
     */
    CommandIds(RandomGenerator random) {
        this.start = random.nextLong();
        this.next = new AtomicLong(random.nextLong());
    }

    RetryId next() {
        return RetryId.of(ByteBuffer.allocate(RetryId.LENGTH).putLong(start)
                .putLong(next.getAndIncrement()).array());
    }
}
