package io.quorate.kv.blob;

import java.time.Duration;

/**
 * The bounds of a node's blob store.
 *
 * @param reservation how long a body may take between two signs of life
 * @param chunkBytes bytes written to a file at once
 * @param maxUploads bodies written at the same time; each holds two chunks of direct memory
 * @param writerThreads threads that write, digest and force
 * @param collectInterval pause between two passes of the collector
 * @param collectBatch most files, or rows, one pass looks at
 * @param copying bounds of the copies on other nodes
 */
public record BlobSettings(Duration reservation, int chunkBytes, int maxUploads, int writerThreads,
        Duration collectInterval, int collectBatch, Copying copying) {
    /**
     * Bounds of copies on other nodes.
     *
     * @param lagBytes a sender is held back while the quorum's slowest is this far behind the local file
     * @param progress a node that takes nothing for this long is given up, and repaired later
     * @param maxTrailing copies that go on after a quorum had the body
     * @param repairs bodies that are fetched in the background at the same time
     * @param repairInterval pause between two passes of the repair
     * @param scrubBytesPerSecond how fast stored files are read again
     */
    public record Copying(long lagBytes, Duration progress, int maxTrailing, int repairs,
            Duration repairInterval, long scrubBytesPerSecond) {
        /** 8 MiB, 10 s, 64, 2, 30 s, and 4 MiB a second. */
        public static Copying defaults() {
            return new Copying(8L << 20, Duration.ofSeconds(10), 64, 2,
                    Duration.ofSeconds(30), 4L << 20);
        }
    }

    /** 15 minutes, 256 uploads of two 128 KiB chunks (64 MiB in all), 1,000 files a minute. */
    public static BlobSettings defaults() {
        return new BlobSettings(Duration.ofMinutes(15), 128 * 1024, 256, 4, Duration.ofMinutes(1),
                1_000, Copying.defaults());
    }
}
