package io.quorate.kv.blob;

import io.quorate.kv.BlobRef;
import io.quorate.kv.BlobStore;
import io.quorate.kv.Condition;
import io.quorate.kv.Deadline;
import io.quorate.kv.Key;
import io.quorate.kv.KvException;
import io.quorate.kv.KvFailure;
import io.quorate.kv.Mutation;
import io.quorate.kv.Transaction;
import io.quorate.kv.TransactionalKv;
import io.quorate.kv.clock.GroupTime;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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

/** {@link BlobStore} over files of this node. {@link #start} begins to collect orphans. */
public final class FileBlobStore implements BlobStore, AutoCloseable {
    /** Waits at most this long for uploads to end when closing. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
    /** Tasks waiting for a writer thread: one an upload, and as many opens and discards. */
    private static final int QUEUE_PER_UPLOAD = 4;

    private final TransactionalKv kv;
    private final GroupTime time;
    private final BlobSettings settings;
    private final BlobFiles files;
    private final ChunkPool pool;
    private final ExecutorService writers;
    private final Map<UUID, BlobUpload> uploads = new ConcurrentHashMap<>();
    private final Readers readers;
    private final OrphanCollector collector;

    /** Opens the store over a directory, which is created if needed. */
    public static FileBlobStore open(Path directory, BlobSettings settings, TransactionalKv kv,
            GroupTime time) throws IOException {
        return new FileBlobStore(new DirectoryBlobFiles(directory), settings, kv, time);
    }

    FileBlobStore(BlobFiles files, BlobSettings settings, TransactionalKv kv, GroupTime time) {
        this.files = files;
        this.settings = settings;
        this.kv = kv;
        this.time = time;
        this.pool = new ChunkPool(settings.maxUploads() * BlobUpload.CHUNKS,
                settings.chunkBytes());
        this.writers = writers(settings);
        this.readers = new Readers(files);
        this.collector = new OrphanCollector(files, readers, kv, time, settings,
                uploads::containsKey);
    }

    /** Begins to collect orphans in the background. */
    public void start() {
        collector.start();
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
                new BlobUpload.Destination(id, maxLength, tap));
        var upload = new BlobUpload(setting, sink, () -> {
            uploads.remove(id);
            pool.unreserve(BlobUpload.CHUNKS);
        });
        uploads.put(id, upload);
        return upload;
    }

    @Override
    public Transaction reference(StoredBlob blob) {
        Key row = BlobKeys.row(blob.ref().id());
        var live = new BlobRow.Live(blob.ref().length(), blob.ref().crc32c());
        return new Transaction(
                List.of(new Condition.VersionIs(row, blob.reservationVersion()),
                        new Condition.CommittedBefore(blob.expiresAtMillis())),
                List.of(new Mutation.Put(row, live.encode())));
    }

    @Override
    public Mutation release(BlobRef blob) {
        return new Mutation.Delete(BlobKeys.row(blob.id()));
    }

    @Override
    public Mono<OpenBlob> open(BlobRef blob) {
        return Mono.defer(() -> {
            var reader = new DepartingReader();
            return onWriter(() -> reader.receive(readers.open(blob.id()).orElseThrow(
                    () -> new KvFailure.Refused("the body is gone").asException())))
                    .doOnCancel(reader::depart);
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
        uploads.values().forEach(
                upload -> upload.abandon(new KvFailure.NoLeader().asException()));
        writers.shutdown();
        try {
            if (!writers.awaitTermination(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                writers.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            writers.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private static ExecutorService writers(BlobSettings settings) {
        var number = new AtomicInteger();
        return new ThreadPoolExecutor(settings.writerThreads(), settings.writerThreads(), 0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(settings.maxUploads() * QUEUE_PER_UPLOAD), task -> {
                    var thread = new Thread(task, "kv-blob-" + number.getAndIncrement());
                    thread.setDaemon(true);
                    return thread;
                });
    }
}
