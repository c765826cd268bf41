package io.quorate.kv.blob;

import io.quorate.kv.Condition;
import io.quorate.kv.Deadline;
import io.quorate.kv.Key;
import io.quorate.kv.Mutation;
import io.quorate.kv.Transaction;
import io.quorate.kv.TransactionalKv;
import io.quorate.kv.Versioned;
import io.quorate.kv.clock.GroupTime;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Removes files that nothing refers to and that nobody is writing, and reservations whose time has
 * passed in the log. One pass looks at a bounded batch and resumes where the last one stopped; a
 * pass that fails is skipped, and no pass starts while one runs.
 */
final class OrphanCollector implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OrphanCollector.class);
    /** Each read or commit of a pass waits this long at most. */
    private static final Duration STEP_TIMEOUT = Duration.ofSeconds(5);

    private final BlobFiles files;
    private final TransactionalKv kv;
    private final GroupTime time;
    private final BlobSettings settings;
    private final Predicate<UUID> isInProgress;
    private final ScheduledExecutorService loop =
            Executors.newSingleThreadScheduledExecutor(task -> {
                var thread = new Thread(task, "kv-blob-collector");
                thread.setDaemon(true);
                return thread;
            });
    private @Nullable UUID cursor;

    OrphanCollector(BlobFiles files, TransactionalKv kv, GroupTime time, BlobSettings settings,
            Predicate<UUID> isInProgress) {
        this.files = files;
        this.kv = kv;
        this.time = time;
        this.settings = settings;
        this.isInProgress = isInProgress;
    }

    void start() {
        long pause = settings.collectInterval().toMillis();
        loop.scheduleWithFixedDelay(this::collectOnce, pause, pause, TimeUnit.MILLISECONDS);
    }

    /** One pass; returns how many files it removed. */
    synchronized int collectOnce() {
        int removed = 0;
        try {
            List<UUID> batch = files.listAfter(cursor, settings.collectBatch());
            for (UUID id : batch) {
                removed += collect(id) ? 1 : 0;
            }
            cursor = batch.size() < settings.collectBatch() ? null : batch.getLast();
        } catch (IOException | RuntimeException failed) {
            LOG.warn("event=blob-collection-skipped removed={}", removed, failed);
        }
        if (removed > 0) {
            LOG.info("event=blobs-collected removed={}", removed);
        }
        return removed;
    }

    private boolean collect(UUID id) throws IOException {
        if (isInProgress.test(id)) {
            return false;
        }
        Key row = BlobKeys.row(id);
        Optional<Versioned> found = await(kv.get(row));
        if (found.isPresent() && !endedReservation(row, found.get())) {
            return false;
        }
        files.delete(id);
        return true;
    }

    /** Whether the row was a reservation that has passed and that this call removed. */
    private boolean endedReservation(Key row, Versioned found) {
        return switch (BlobRow.decode(found.value())) {
            case BlobRow.Live live -> false;
            case BlobRow.Reserved(long expiresAtMillis) -> {
                if (time.nowMillis() < expiresAtMillis) {
                    yield false;
                }
                await(kv.commit(new Transaction(
                        List.of(new Condition.VersionIs(row, found.version())),
                        List.of(new Mutation.Delete(row)))));
                yield true;
            }
        };
    }

    private static <T> T await(Mono<T> step) {
        T result = step.contextWrite(Deadline.after(STEP_TIMEOUT)::into).block(STEP_TIMEOUT);
        if (result == null) {
            throw new IllegalStateException("the store answered nothing");
        }
        return result;
    }

    @Override
    public void close() {
        loop.shutdownNow();
    }
}
