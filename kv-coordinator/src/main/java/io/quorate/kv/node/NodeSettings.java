package io.quorate.kv.node;

import io.quorate.kv.blob.BlobSettings;
import io.quorate.kv.raft.log.LogSettings;
import io.quorate.kv.storage.StorageSettings;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What a node is started with.
 *
 * @param dataDirectory where everything it keeps lies; created if missing
 * @param nodeId its name in the cluster
 * @param threads how many threads do what
 * @param disk bounds on the disk
 * @param history how long superseded versions can be read
 */
public record NodeSettings(Path dataDirectory, String nodeId, Threads threads, Disk disk,
        History history) {
    /** A single node with the defaults. */
    public static NodeSettings of(Path dataDirectory, String nodeId) {
        return new NodeSettings(dataDirectory, nodeId, Threads.defaults(), Disk.defaults(),
                History.defaults());
    }

    /**
     * Threads and what may wait for them.
     *
     * @param readers threads for reads that go to the disk
     * @param readQueue most reads that wait for such a thread; beyond, Overloaded
     * @param turns threads for those who had to wait for latches or a commit
     * @param startPatience how long starting waits for the node to serve before it goes on without
     */
    public record Threads(int readers, int readQueue, int turns, Duration startPatience) {
        /** Four readers per processor (they wait for the disk), 4,096 queued reads. */
        public static Threads defaults() {
            int processors = Runtime.getRuntime().availableProcessors();
            return new Threads(4 * processors, 4_096, Math.max(2, processors),
                    Duration.ofSeconds(10));
        }
    }

    /**
     * The rooms on the disk.
     *
     * @param ballastBytes space kept in reserve, given up at a start on a full disk
     * @param log the Raft log; its low-water mark is the node's
     * @param storage the state's memory and files
     * @param blobs large bodies
     */
    public record Disk(long ballastBytes, LogSettings log, StorageSettings storage,
            BlobSettings blobs) {
        /** 64 MiB of ballast. */
        public static Disk defaults() {
            return new Disk(64L << 20, LogSettings.defaults(), StorageSettings.defaults(),
                    BlobSettings.defaults());
        }
    }

    /**
     * Garbage collection of superseded versions.
     *
     * @param retention how far back the past can be read
     * @param interval pause between two runs of the background loops
     * @param batchRows most rows one batch looks at
     * @param budget most time one run takes
     */
    public record History(Duration retention, Duration interval, int batchRows, Duration budget) {
        /** Ten minutes; every 10 s, for 1 s at most. */
        public static History defaults() {
            return new History(Duration.ofMinutes(10), Duration.ofSeconds(10), 1_000,
                    Duration.ofSeconds(1));
        }
    }
}
