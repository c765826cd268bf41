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
 * @param collectBatch most files one pass looks at
 */
public record BlobSettings(Duration reservation, int chunkBytes, int maxUploads, int writerThreads,
        Duration collectInterval, int collectBatch) {
    /** 15 minutes, 256 uploads of two 128 KiB chunks (64 MiB in all), 1,000 files a minute. */
    public static BlobSettings defaults() {
        return new BlobSettings(Duration.ofMinutes(15), 128 * 1024, 256, 4, Duration.ofMinutes(1),
                1_000);
    }
}
