package io.quorate.kv.peer.checkpoint;

import io.quorate.kv.peer.Lane;
import io.quorate.kv.peer.PeerConnections;
import io.quorate.kv.raft.hazelcast.CheckpointFetcher;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Fetches checkpoints from other nodes. A connection that breaks does not end a fetch; one that fails leaves what has
 * arrived for the next fetch of the group from the same node. What a fetch brings stays valid whoever leads by then.
 * Safe for any thread.
 */
public final class GrpcCheckpointFetcher implements CheckpointFetcher, AutoCloseable {
    /** Fetches and deletions that may wait for a thread. */
    private static final int WAITING_MAX = 256;
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final PeerConnections connections;
    private final Download.Means means;
    private final ThreadPoolExecutor threads;
    private final Map<Integer, Download> running = new ConcurrentHashMap<>();
    private final Map<Integer, PartialCheckpoint> left = new ConcurrentHashMap<>();

    /**
     * Starts; deletes what a former process left.
     *
     * @param directory belongs to the fetcher; on the disk of the groups' states, so that files need not be copied
     * @param listener  hears what comes
     */
    public GrpcCheckpointFetcher(PeerConnections connections, Path directory,
            CheckpointSettings settings, CheckpointListener listener) {
        this.connections = connections;
        this.means = new Download.Means(settings, new CheckpointDirectories(directory), listener);
        this.threads = new ThreadPoolExecutor(settings.streams(), settings.streams(), 0,
                TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING_MAX),
                task -> Thread.ofPlatform().daemon(true).name("checkpoint-fetch").unstarted(task));
    }

    /** The fetches that run now. */
    public List<CheckpointProgress> progress() {
        return running.values().stream().map(Download::progress).toList();
    }

    @Override
    public CompletionStage<Fetched> fetch(String member, int groupId, long atLeast) {
        CompletableFuture<Fetched> answer = new CompletableFuture<>();
        try {
            threads.execute(() -> run(member, groupId, atLeast, answer));
        } catch (RejectedExecutionException full) {
            answer.completeExceptionally(full);
        }
        return answer;
    }

    private void run(String member, int group, long atLeast, CompletableFuture<Fetched> answer) {
        Download download = new Download(new CheckpointProgress(group, member, 0, 0), atLeast,
                means, () -> connections.channel(member, Lane.BULK));
        running.put(group, download);
        try {
            @Nullable
            PartialCheckpoint before = left.remove(group);
            if (before != null) {
                download.resume(before);
            }
            PartialCheckpoint whole = download.run();
            running.remove(group, download);
            answer.complete(new Fetched(whole.manifest().mark(), whole.directory()));
        } catch (RuntimeException failure) {
            running.remove(group, download);
            @Nullable
            PartialCheckpoint partial = download.partial();
            if (partial != null) {
                left.put(group, partial);
            }
            answer.completeExceptionally(failure);
        }
    }

    @Override
    public void release(Fetched fetched) {
        try {
            threads.execute(() -> CheckpointDirectories.delete(fetched.directory()));
        } catch (RejectedExecutionException closedOrFull) {
            CheckpointDirectories.delete(fetched.directory());
        }
    }

    /** Ends fetches; they fail. */
    @Override
    public void close() {
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException(
                        "checkpoint fetches still run after " + CLOSE_TIMEOUT);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
