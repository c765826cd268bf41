package io.quorate.kv.peer.checkpoint;

import io.grpc.BindableService;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Offers checkpoints of this node's groups to other nodes: each in a directory of its own (hard links, for RocksDB),
 * deleted when nobody has read it for a while or when the next process starts. Safe for any thread.
 */
public final class CheckpointService implements AutoCloseable {
    /** Tasks of the disk that may wait: preparations and deletions. */
    private static final int TASKS_MAX = 256;
    private static final Duration EXPIRY_CHECK = Duration.ofSeconds(10);

    private final CheckpointSettings settings;
    private final CheckpointOffers offers;
    private final ThreadPoolExecutor disk;
    private final ThreadPoolExecutor senders;
    private final ScheduledFuture<?> expiry;
    private final CheckpointListener listener;

    /** Ends a registration. */
    @FunctionalInterface
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Starts without groups.
     *
     * @param directory belongs to the service; on the disk of the groups' states, for hard links
     * @param timer     enqueues what is due
     * @param listener  hears what is sent
     */
    public CheckpointService(Path directory, CheckpointSettings settings,
            ScheduledExecutorService timer, CheckpointListener listener) {
        this.listener = listener;
        this.settings = settings;
        this.disk = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(TASKS_MAX), named("checkpoint-disk"));
        this.senders = new ThreadPoolExecutor(settings.streams(), settings.streams(), 0,
                TimeUnit.SECONDS, new ArrayBlockingQueue<>(settings.streams()),
                named("checkpoint-send"));
        this.offers = new CheckpointOffers(settings, new CheckpointDirectories(directory), disk);
        this.expiry = timer.scheduleWithFixedDelay(() -> disk.execute(offers::expire),
                EXPIRY_CHECK.toMillis(), EXPIRY_CHECK.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static ThreadFactory named(String name) {
        return task -> Thread.ofPlatform().daemon(true).name(name).unstarted(task);
    }

    /** Sets what makes a group's checkpoints, until the registration is closed. */
    public Registration register(int group, CheckpointSource source) {
        return offers.register(group, source);
    }

    /** What the node's {@link io.quorate.kv.peer.PeerServer} is to host for peers. */
    public BindableService service() {
        return new CheckpointCalls(offers, senders, new ByteRate(settings.bytesPerSecond()),
                listener);
    }

    /** Transfers to other nodes that run now. */
    public int sending() {
        return senders.getActiveCount();
    }

    /** Ends transfers and deletes what was offered. */
    @Override
    public void close() {
        expiry.cancel(false);
        senders.shutdownNow();
        disk.shutdownNow();
        try {
            boolean quiet = senders.awaitTermination(EXPIRY_CHECK.toMillis(),
                    TimeUnit.MILLISECONDS)
                    && disk.awaitTermination(EXPIRY_CHECK.toMillis(), TimeUnit.MILLISECONDS);
            if (quiet) {
                offers.expireAll();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
