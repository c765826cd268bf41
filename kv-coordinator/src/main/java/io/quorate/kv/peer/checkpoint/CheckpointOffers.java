package io.quorate.kv.peer.checkpoint;

import io.quorate.kv.KvFailure;
import io.quorate.kv.raft.hazelcast.CheckpointMark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The checkpoints that this node offers, and those it is making. Safe for any thread. */
final class CheckpointOffers {
    private static final Logger log = LoggerFactory.getLogger(CheckpointOffers.class);

    private final CheckpointSettings settings;
    private final CheckpointDirectories directories;
    private final Executor disk;
    private final Map<Integer, CheckpointSource> sources = new HashMap<>();
    private final Map<Integer, CompletableFuture<OfferedCheckpoint>> making = new HashMap<>();
    private final Map<UUID, OfferedCheckpoint> offered = new HashMap<>();

    CheckpointOffers(CheckpointSettings settings, CheckpointDirectories directories,
            Executor disk) {
        this.settings = settings;
        this.directories = directories;
        this.disk = disk;
    }

    synchronized CheckpointService.Registration register(int group, CheckpointSource source) {
        if (sources.putIfAbsent(group, source) != null) {
            throw new IllegalStateException("group " + group + " is registered already");
        }
        return () -> unregister(group, source);
    }

    private synchronized void unregister(int group, CheckpointSource source) {
        sources.remove(group, source);
    }

    /**
     * One that contains the index: there already, being made, or made now. It may contain less if the group has not
     * applied that far.
     */
    synchronized CompletableFuture<OfferedCheckpoint> prepare(int group, long atLeast) {
        for (OfferedCheckpoint present : offered.values()) {
            if (present.group() == group && present.manifest().mark().index() >= atLeast) {
                present.enter();
                present.leave();
                return CompletableFuture.completedFuture(present);
            }
        }
        CompletableFuture<OfferedCheckpoint> running = making.get(group);
        if (running != null) {
            return running;
        }
        CheckpointSource source = sources.get(group);
        if (source == null) {
            return CompletableFuture.failedFuture(new KvFailure.NoLeader().asException());
        }
        if (offered.size() + making.size() >= settings.offered()) {
            return CompletableFuture
                    .failedFuture(new KvFailure.Overloaded("checkpoints.offered").asException());
        }
        CompletableFuture<OfferedCheckpoint> started = new CompletableFuture<>();
        making.put(group, started);
        try {
            disk.execute(() -> make(group, source, started));
        } catch (RejectedExecutionException closedOrFull) {
            making.remove(group);
            started.completeExceptionally(
                    new KvFailure.Overloaded("checkpoints.disk").asException());
        }
        return started;
    }

    private void make(int group, CheckpointSource source,
            CompletableFuture<OfferedCheckpoint> answer) {
        try {
            Path directory = directories.make(group);
            var unused = source.checkpoint(directory).whenComplete((mark, failure) -> {
                if (mark == null) {
                    abandon(group, directory, failure, answer);
                } else {
                    disk.execute(() -> offer(group, directory, mark, answer));
                }
            });
        } catch (IOException | RuntimeException failure) {
            end(group);
            answer.completeExceptionally(failure);
        }
    }

    private void offer(int group, Path directory, CheckpointMark mark,
            CompletableFuture<OfferedCheckpoint> answer) {
        try {
            OfferedCheckpoint ready = new OfferedCheckpoint(group,
                    ManifestScan.scan(directory, mark), directory);
            synchronized (this) {
                making.remove(group);
                offered.put(ready.manifest().id(), ready);
            }
            log.info("checkpoint offered group={} index={} files={} bytes={}", group, mark.index(),
                    ready.manifest().files().size(), ready.manifest().bytes());
            answer.complete(ready);
        } catch (IOException | UncheckedIOException | IllegalArgumentException failure) {
            abandon(group, directory, failure, answer);
        }
    }

    private void abandon(int group, Path directory, Throwable failure,
            CompletableFuture<OfferedCheckpoint> answer) {
        log.warn("no checkpoint was made group={}", group, failure);
        end(group);
        disk.execute(() -> CheckpointDirectories.delete(directory));
        answer.completeExceptionally(failure);
    }

    private synchronized void end(int group) {
        making.remove(group);
    }

    /** Finds one to read; {@link #leave} when done. */
    synchronized Optional<OfferedCheckpoint> enter(UUID id) {
        Optional<OfferedCheckpoint> found = Optional.ofNullable(offered.get(id));
        found.ifPresent(OfferedCheckpoint::enter);
        return found;
    }

    synchronized void leave(OfferedCheckpoint checkpoint) {
        checkpoint.leave();
    }

    /** Deletes what nobody has read for long; blocks on the disk. */
    void expire() {
        expire(settings.expiry());
    }

    /** Deletes everything that nobody reads. */
    void expireAll() {
        expire(Duration.ZERO);
    }

    private void expire(Duration idle) {
        Optional<OfferedCheckpoint> gone = takeIdle(idle);
        while (gone.isPresent()) {
            log.info("checkpoint expired group={} index={}", gone.get().group(),
                    gone.get().manifest().mark().index());
            CheckpointDirectories.delete(gone.get().directory());
            gone = takeIdle(idle);
        }
    }

    private synchronized Optional<OfferedCheckpoint> takeIdle(Duration idle) {
        Iterator<OfferedCheckpoint> all = offered.values().iterator();
        while (all.hasNext()) {
            OfferedCheckpoint each = all.next();
            if (each.isIdleFor(idle)) {
                all.remove();
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }
}
