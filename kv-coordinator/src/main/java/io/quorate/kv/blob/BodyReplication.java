package io.quorate.kv.blob;

import io.quorate.kv.BlobStore.StoredBlob;
import io.quorate.kv.Deadline;
import io.quorate.kv.KvException;
import io.quorate.kv.KvFailure;
import io.quorate.kv.TransactionalKv;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The parts of the store that deal with other nodes, put together. */
final class BodyReplication implements AutoCloseable {
    private final ExecutorService executor;
    private final Scheduler timer = Schedulers.newSingle("kv-blob-timer", true);
    private final BodyGroups groups;
    private final TransactionalKv kv;
    private final Placement placement;
    private final BodyFetcher fetcher;
    private final BodyReceiver receiver;
    private final BodyRepair repair;
    private final BodyScrubber scrubber;
    private final RowCoverage coverage;

    /** @param executor reads and writes copies; it is ended with this */
    BodyReplication(BlobFiles files, BlobSettings settings,
            FileBlobStore.Surroundings surroundings, ExecutorService executor) {
        this.executor = executor;
        this.groups = surroundings.groups();
        this.kv = surroundings.kv();
        BlobSettings.Copying copying = settings.copying();
        Copies.Means means = new Copies.Means(surroundings.peers(), files, executor, timer,
                new Semaphore(copying.maxTrailing()), settings);
        PartFiles parts = new PartFiles(files, executor, settings.maxUploads());
        this.placement = new Placement(kv, groups, means);
        this.fetcher = new BodyFetcher(surroundings.peers(), parts, copying.progress());
        this.receiver = new BodyReceiver(files, parts, means);
        BlobRows rows = new BlobRows(kv, settings.collectBatch());
        BodyRepair.Means repairing = new BodyRepair.Means(files, fetcher, rows,
                parts.scheduler(), timer, settings);
        this.repair = new BodyRepair(placement, groups, repairing);
        this.scrubber = new BodyScrubber(placement, kv, repairing);
        this.coverage = new RowCoverage(placement, rows, timer);
    }

    void start() {
        repair.start();
        scrubber.start();
    }

    Placement placement() {
        return placement;
    }

    BodyReceiver receiver() {
        return receiver;
    }

    BodyRepair repair() {
        return repair;
    }

    BodyScrubber scrubber() {
        return scrubber;
    }

    BodyCoverage coverage() {
        return coverage;
    }

    /**
     * Brings a body here that this node misses, within the caller's deadline; nothing happens if there is
     * no such body any more. The fetch goes on when the caller leaves.
     */
    Mono<Void> fetch(UUID id) {
        return Mono.deferContextual(context -> {
            Deadline deadline = Deadline.of(context);
            return kv.get(BlobKeys.row(id)).flatMap(Mono::justOrEmpty)
                    .map(row -> BlobRow.decode(row.value())).ofType(BlobRow.Live.class)
                    .flatMap(live -> placement.members(id)
                            .flatMap(members -> fetcher.fetch(id, live,
                                    BodyRepair.sources(members, live, groups.self()))))
                    .timeout(deadline.remaining(), timer)
                    .onErrorMap(TimeoutException.class,
                            late -> new KvException(new KvFailure.DeadlineExceeded(), late))
                    .onErrorMap(BlobFailures::of);
        });
    }

    /** Copies a body whose file is complete here to the present members. */
    Mono<StoredBlob> placeAnew(StoredBlob blob) {
        UUID id = blob.ref().id();
        return placement.members(id).flatMap(members -> {
            Copies copies = placement.copies(id, members, new Copies.Listener() {
                @Override
                public void caughtUp() {
                    // Nobody sends.
                }

                @Override
                public void lost(KvException failure) {
                    // The one who waits for the end hears it too.
                }
            });
            copies.begin();
            return copies
                    .finish(new BodyPart.End(blob.ref().length(), blob.ref().crc32c()))
                    .map(holders -> new StoredBlob(blob.ref(), blob.reservationVersion(),
                            blob.expiresAtMillis(), members.configuration(), holders))
                    .doOnCancel(copies::cancel);
        });
    }

    @Override
    public void close() {
        repair.close();
        scrubber.close();
        timer.dispose();
        FileBlobStore.end(executor);
    }
}
