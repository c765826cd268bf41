package io.quorate.kv.node;

import io.quorate.kv.blob.BlobSettings;
import io.quorate.kv.mvcc.GarbageCollector;
import io.quorate.kv.mvcc.SafePointPolicy;
import io.quorate.kv.raft.log.LogSettings;
import io.quorate.kv.storage.DiskSpaceGuard;
import io.quorate.kv.storage.StorageSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What a node is started with.
 *
 * @param dataDirectory where everything it keeps lies; created if missing
 * @param nodeId its name in the cluster
 * @param threads how many threads do what
 * @param disk bounds on the disk
 * @param history superseded versions
 * @param cluster how it meets others; empty: it listens to nobody and is alone
 */
public record NodeSettings(Path dataDirectory, String nodeId, Threads threads, Disk disk,
        History history, Optional<ClusterSettings> cluster) {
    /** Of a node that listens to nobody. */
    public NodeSettings(Path dataDirectory, String nodeId, Threads threads, Disk disk,
            History history) {
        this(dataDirectory, nodeId, threads, disk, history, Optional.empty());
    }

    /** A single node with the defaults. */
    public static NodeSettings of(Path dataDirectory, String nodeId) {
        return new NodeSettings(dataDirectory, nodeId, Threads.defaults(), Disk.defaults(),
                History.defaults(), Optional.empty());
    }

    /** The same, on a peer port. */
    public NodeSettings with(ClusterSettings peers) {
        return new NodeSettings(dataDirectory, nodeId, threads, disk, history,
                Optional.of(peers));
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
     * @param marks when the disk counts as nearly full, and the space kept in reserve
     * @param log the Raft log
     * @param storage the state's memory and files
     * @param blobs large bodies
     */
    public record Disk(DiskSpaceGuard.Marks marks, LogSettings log, StorageSettings storage,
            BlobSettings blobs) {
        /** The defaults of each. */
        public static Disk defaults() {
            return new Disk(DiskSpaceGuard.Marks.defaults(), LogSettings.defaults(),
                    StorageSettings.defaults(), BlobSettings.defaults());
        }
    }

    /**
     * How long superseded versions can be read, and how they are collected afterwards.
     *
     * @param safePoint when the safe point moves, and where to
     * @param pace of garbage collection
     * @param tick pause between two looks of the background loops
     */
    public record History(SafePointPolicy safePoint, GarbageCollector.Pace pace, Duration tick) {
        /** Ten minutes of history; looks every second. */
        public static History defaults() {
            return new History(SafePointPolicy.defaults(), GarbageCollector.Pace.defaults(),
                    Duration.ofSeconds(1));
        }
    }
}
