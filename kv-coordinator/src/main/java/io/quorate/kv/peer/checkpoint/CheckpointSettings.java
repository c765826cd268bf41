package io.quorate.kv.peer.checkpoint;

import java.time.Duration;

/**
 * Bounds of checkpoint transfers on one node.
 *
 * @param streams        transfers at a time, each way; as many threads each way
 * @param offered        checkpoints that may lie ready, those being sent included
 * @param bytesPerSecond what all streams send together
 * @param expiry         after so long without being read an offered checkpoint is deleted
 * @param patience       a fetch that gets nothing for so long is given up
 * @param total          a fetch that takes so long is given up
 */
public record CheckpointSettings(int streams, int offered, long bytesPerSecond, Duration expiry,
        Duration patience, Duration total) {
    public CheckpointSettings {
        if (streams < 1 || offered < 1 || bytesPerSecond < 1) {
            throw new IllegalArgumentException("bounds of checkpoint transfers are positive");
        }
    }

    /** For a network and disks that others use too: 100 MiB/s. */
    public static CheckpointSettings standard() {
        return new CheckpointSettings(2, 8, 100L << 20, Duration.ofMinutes(5),
                Duration.ofSeconds(30), Duration.ofHours(2));
    }
}
