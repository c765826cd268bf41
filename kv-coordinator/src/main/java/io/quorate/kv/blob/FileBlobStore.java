package io.quorate.kv.blob;

import io.quorate.kv.BlobRef;
import io.quorate.kv.BlobStore;
import io.quorate.kv.Condition;
import io.quorate.kv.Deadline;
import io.quorate.kv.Key;
import io.quorate.kv.KvException;
import io.quorate.kv.KvFailure;
import io.quorate.kv.LeaderView;
import io.quorate.kv.Mutation;
import io.quorate.kv.Transaction;
import io.quorate.kv.TransactionalKv;
import io.quorate.kv.Versioned;
import io.quorate.kv.clock.GroupTime;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * {@link BlobStore} over files, of this node and of the other members of the group. {@link #start} begins
 * to collect orphans, to repair and to scrub.
 */
public final class FileBlobStore implements BlobStore, AutoCloseable {
    /** Waits at most this long for uploads to end when closing. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
    /** Tasks waiting for a writer thread: its own, copies, opens and discards. */
    private static final int QUEUE_PER_UPLOAD = 16;

    private final TransactionalKv kv;
    private final BlobSettings settings;
    private final BlobFiles files;
    private final ChunkPool pool;
    private final ExecutorService writers;
    private final Map<UUID, BlobUpload> uploads = new ConcurrentHashMap<>();
    private final Readers readers;
    private final OrphanCollector collector;
    private final GroupTime time;
    private final BodyReplication replication;

    /**
     * What a store works with.
     *
     * @param kv keeps the rows
     * @param time of the group
     * @param groups who else there is
     * @param peers the way to them
     */
    public record Surroundings(TransactionalKv kv, GroupTime time, BodyGroups groups,
            BodyPeers peers) {}

    /** Opens the store over a directory, which is created if needed. */
    public static FileBlobStore open(Path directory, BlobSettings settings,
            Surroundings surroundings) throws IOException {
        return new FileBlobStore(new DirectoryBlobFiles(directory), settings, surroundings);
    }

    FileBlobStore(BlobFiles files, BlobSettings settings, Surroundings surroundings) {
        this.files = files;
        this.settings = settings;
        this.kv = surroundings.kv();
        this.time = surroundings.time();
        this.pool = new ChunkPool(settings.maxUploads() * BlobUpload.CHUNKS,
                settings.chunkBytes());
        this.writers = writers("kv-blob-", settings);
        this.replication = new BodyReplication(files, settings, surroundings,
                writers("kv-blob-copy-", settings));
        this.readers = new Readers(files);
        this.collector = new OrphanCollector(files, readers, kv, time, settings,
                uploads::containsKey);
        surroundings.peers().serve(replication.receiver());
    }

    /** Begins to work in the background. */
    public void start() {
        collector.start();
        replication.start();
    }

    /** What changes of the members ask. */
    public BodyCoverage coverage() {
        return replication.coverage();
    }

    /** Runs one pass of the repair now and emits how many bodies it brought here. */
    public Mono<Long> repair() {
        return replication.repair().pass();
    }

    /** Looks at a batch of files now and emits how many were damaged and are whole again. */
    public Mono<Long> scrub() {
        return replication.scrubber().pass();
    }

    /** Runs one pass of the collector now and emits how many files it removed. */
    public Mono<Long> collect() {
        return collector.pass();
    }

    /** Bodies being written now. */
    public int uploadsInProgress() {
        return uploads.size();
    }

    int freeChunks() {
        return pool.available();
    }

    @Override
    public Mono<StoredBlob> write(Key owner, Flux<ByteBuffer> body, long maxLength, Tap tap) {
        return Mono.create(sink -> {
            if (!pool.reserve(BlobUpload.CHUNKS)) {
                sink.error(new KvFailure.Overloaded("blob uploads").asException());
                return;
            }
            BlobUpload upload = newUpload(BlobKeys.newId(owner.route()), maxLength, tap, sink);
            sink.onCancel(() -> upload.abandon(new CancellationException()));
            upload.receive(body);
        });
    }

    private BlobUpload newUpload(UUID id, long maxLength, Tap tap, MonoSink<StoredBlob> sink) {
        var reservation = new Reservation(kv, time, BlobKeys.row(id), settings.reservation());
        var setting = new BlobUpload.Setting(files, pool, writers, reservation,
                replication.placement(), new BlobUpload.Destination(id, maxLength, tap));
        var upload = new BlobUpload(setting, sink, () -> {
            uploads.remove(id);
            pool.unreserve(BlobUpload.CHUNKS);
        });
        uploads.put(id, upload);
        return upload;
    }

    @Override
    public Reference reference(LeaderView view, StoredBlob blob) {
        UUID id = blob.ref().id();
        Key row = BlobKeys.row(id);
        long version = view.get(row).map(Versioned::version).orElse(Versioned.ABSENT);
        if (version != blob.reservationVersion() || view.nowMillis() >= blob.expiresAtMillis()) {
            return new Reference.Expired();
        }
        Key members = BlobKeys.members(BlobKeys.routeOf(id));
        Optional<Versioned> recorded = view.get(members);
        long configuration = recorded
                .map(found -> BodyMembers.decode(found.value()).configuration()).orElse(0L);
        if (configuration != blob.configuration()) {
            return new Reference.Misplaced();
        }
        var live = new BlobRow.Live(blob.ref().length(), blob.ref().crc32c(), configuration,
                blob.holders());
        return new Reference.Granted(new Transaction(
                List.of(new Condition.VersionIs(row, version),
                        new Condition.VersionIs(members,
                                recorded.map(Versioned::version).orElse(Versioned.ABSENT)),
                        new Condition.CommittedBefore(blob.expiresAtMillis())),
                List.of(new Mutation.Put(row, live.encode()))));
    }

    @Override
    public Mono<StoredBlob> placeAnew(StoredBlob blob) {
        return replication.placeAnew(blob);
    }

    @Override
    public Mutation release(BlobRef blob) {
        return new Mutation.Delete(BlobKeys.row(blob.id()));
    }

    @Override
    public Mono<OpenBlob> open(BlobRef blob) {
        return openHere(blob.id()).switchIfEmpty(Mono.defer(() -> replication.fetch(blob.id())
                .then(openHere(blob.id())).switchIfEmpty(Mono
                        .error(() -> new KvFailure.Refused("the body is gone").asException()))));
    }

    /** Empty if the file is not on this node. */
    private Mono<OpenBlob> openHere(UUID id) {
        return Mono.defer(() -> {
            var reader = new DepartingReader();
            return onWriter(() -> readers.open(id).map(reader::receive))
                    .doOnCancel(reader::depart).flatMap(Mono::justOrEmpty);
        });
    }

    @Override
    public Mono<Void> discard(StoredBlob blob) {
        Key row = BlobKeys.row(blob.ref().id());
        var condition = new Condition.VersionIs(row, blob.reservationVersion());
        return kv.commit(new Transaction(List.of(condition), List.of(new Mutation.Delete(row))))
                .then(onWriter(() -> {
                    try {
                        return readers.remove(blob.ref().id());
                    } catch (IOException failed) {
                        throw asKvException(failed);
                    }
                })).then().contextWrite(Deadline.after(CLOSE_TIMEOUT)::into);
    }

    private <T> Mono<T> onWriter(Supplier<T> work) {
        return Mono.create(sink -> {
            try {
                writers.execute(() -> {
                    try {
                        sink.success(work.get());
                    } catch (RuntimeException failed) {
                        sink.error(failed);
                    }
                });
            } catch (RejectedExecutionException full) {
                sink.error(new KvException(new KvFailure.Overloaded("blob queue"), full));
            }
        });
    }

    private static RuntimeException asKvException(IOException failed) {
        return (RuntimeException) BlobFailures.of(failed);
    }

    @Override
    public void close() {
        collector.close();
        replication.close();
        uploads.values().forEach(
                upload -> upload.abandon(new KvFailure.NoLeader().asException()));
        end(writers);
    }

    static void end(ExecutorService executor) {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private static ExecutorService writers(String name, BlobSettings settings) {
        var number = new AtomicInteger();
        return new ThreadPoolExecutor(settings.writerThreads(), settings.writerThreads(), 0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(settings.maxUploads() * QUEUE_PER_UPLOAD), task -> {
                    var thread = new Thread(task, name + number.getAndIncrement());
                    thread.setDaemon(true);
                    return thread;
                });
    }
}
