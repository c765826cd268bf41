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
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

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
    private final Readers readers;
    private final TransactionalKv kv;
    private final GroupTime time;
    private final BlobSettings settings;
    private final Predicate<UUID> isInProgress;
    private final Scheduler thread = Schedulers.newSingle("kv-blob-collector", true);
    private @Nullable Disposable loop;
    /** Where the next pass begins; only the collector's thread uses it. */
    private @Nullable UUID cursor;

    OrphanCollector(BlobFiles files, Readers readers, TransactionalKv kv, GroupTime time,
            BlobSettings settings, Predicate<UUID> isInProgress) {
        this.files = files;
        this.readers = readers;
        this.kv = kv;
        this.time = time;
        this.settings = settings;
        this.isInProgress = isInProgress;
    }

    void start() {
        loop = Mono.delay(settings.collectInterval(), thread).then(pass()).repeat().subscribe();
    }

    /** One pass; emits how many files it removed. Errors end the pass, not the loop. */
    Mono<Long> pass() {
        return Mono.fromCallable(this::nextBatch).subscribeOn(thread)
                .flatMapIterable(batch -> batch)
                .concatMap(this::collect).count().onErrorResume(failed -> {
                    LOG.warn("event=blob-collection-skipped", failed);
                    return Mono.just(0L);
                }).doOnNext(OrphanCollector::report);
    }

    private static void report(long removed) {
        if (removed > 0) {
            LOG.info("event=blobs-collected removed={}", removed);
        }
    }

    private List<UUID> nextBatch() throws IOException {
        List<UUID> batch = files.listAfter(cursor, settings.collectBatch());
        cursor = batch.size() < settings.collectBatch() ? null : batch.getLast();
        return batch;
    }

    /** Emits the id if its file was removed. */
    private Flux<UUID> collect(UUID id) {
        if (isInProgress.test(id)) {
            return Flux.empty();
        }
        Key row = BlobKeys.row(id);
        return kv.get(row).contextWrite(Deadline.after(STEP_TIMEOUT)::into)
                .flatMap(found -> found.map(version -> endReservation(row, version))
                        .orElse(Mono.just(true)))
                .publishOn(thread).filter(unreferenced -> unreferenced).handle((yes, sink) -> {
                    try {
                        if (readers.remove(id)) {
                            sink.next(id);
                        }
                    } catch (IOException failed) {
                        sink.error(failed);
                    }
                }).cast(UUID.class).flux();
    }

    /** Whether the row was a reservation that has passed; it is removed first. */
    private Mono<Boolean> endReservation(Key row, Versioned found) {
        return switch (BlobRow.decode(found.value())) {
            case BlobRow.Live live -> Mono.just(false);
            case BlobRow.Reserved(long expiresAtMillis) -> time.nowMillis() < expiresAtMillis
                    ? Mono.just(false)
                    : remove(row, found).thenReturn(true);
        };
    }

    private Mono<Void> remove(Key row, Versioned found) {
        return kv.commit(new Transaction(List.of(new Condition.VersionIs(row, found.version())),
                List.of(new Mutation.Delete(row))))
                .contextWrite(Deadline.after(STEP_TIMEOUT)::into).then();
    }

    @Override
    public void close() {
        if (loop != null) {
            loop.dispose();
        }
        thread.dispose();
    }
}
