package io.quorate.kv.blob;

import io.quorate.kv.Deadline;
import io.quorate.kv.TransactionalKv;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/**
 * Reads this node's bodies again, one after the other at a bounded rate, and replaces one whose bytes
 * are not what its row says by another member's. On a node without others it does nothing.
 */
final class BodyScrubber implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BodyScrubber.class);
    /** Read at once; the pause after it makes the rate. */
    private static final int READ_BYTES = 256 * 1024;
    private static final Duration STEP_TIMEOUT = Duration.ofSeconds(5);

    private final Placement placement;
    private final TransactionalKv kv;
    private final BodyRepair.Means means;
    private final Duration pause;
    private @Nullable Disposable loop;
    /** Where the next file is; only one pass at a time uses it. */
    private volatile @Nullable UUID cursor;

    BodyScrubber(Placement placement, TransactionalKv kv, BodyRepair.Means means) {
        this.placement = placement;
        this.kv = kv;
        this.means = means;
        this.pause = Duration.ofNanos(1_000_000_000L * READ_BYTES
                / means.settings().copying().scrubBytesPerSecond());
    }

    void start() {
        Duration between = means.settings().collectInterval();
        loop = Mono.delay(between, means.timer()).then(pass()).repeat().subscribe();
    }

    /** Looks at a batch of files; emits how many were damaged and are whole again. */
    Mono<Long> pass() {
        return Mono.fromCallable(this::nextBatch).subscribeOn(means.disk())
                .flatMapIterable(batch -> batch).concatMap(this::scrub)
                .filter(replaced -> replaced).count().onErrorResume(failed -> {
                    LOG.info("event=body-scrub-skipped cause={}", failed.toString());
                    return Mono.just(0L);
                });
    }

    private List<UUID> nextBatch() throws IOException {
        int limit = means.settings().collectBatch();
        List<UUID> batch = means.files().listAfter(cursor, limit);
        cursor = batch.size() < limit ? null : batch.getLast();
        return batch;
    }

    private Mono<Boolean> scrub(UUID id) {
        return placement.members(id)
                .filter(members -> !members.nodes().equals(List.of(placement.self())))
                .flatMap(members -> kv.get(BlobKeys.row(id))
                        .contextWrite(Deadline.after(STEP_TIMEOUT)::into)
                        .flatMap(Mono::justOrEmpty).map(row -> BlobRow.decode(row.value()))
                        .ofType(BlobRow.Live.class)
                        .flatMap(live -> isWhole(id, live).flatMap(whole -> whole
                                ? Mono.just(false)
                                : replace(id, live, members))))
                .onErrorResume(failed -> {
                    LOG.info("event=body-not-scrubbed id={} cause={}", id, failed.toString());
                    return Mono.just(false);
                }).defaultIfEmpty(false);
    }

    private Mono<Boolean> replace(UUID id, BlobRow.Live live, BodyMembers members) {
        LOG.error("event=body-damaged id={} bytes={}", id, live.length());
        return means.fetcher()
                .fetch(id, live, BodyRepair.sources(members, live, placement.self()))
                .thenReturn(true);
    }

    private Mono<Boolean> isWhole(UUID id, BlobRow.Live live) {
        CRC32C crc32c = new CRC32C();
        return Mono.usingWhen(
                Mono.fromCallable(() -> means.files().openToRead(id)).subscribeOn(means.disk()),
                file -> read(file, crc32c).expand(read -> read < READ_BYTES
                        ? Mono.empty()
                        : read(file, crc32c).delaySubscription(pause, means.timer()))
                        .reduce(0L, (sum, read) -> sum + read)
                        .map(length -> length == live.length()
                                && (int) crc32c.getValue() == live.crc32c()),
                file -> Mono.fromCallable(() -> {
                    file.close();
                    return file;
                }).subscribeOn(means.disk()));
    }

    /** Reads on; emits how many bytes there were. */
    private Mono<Integer> read(FileChannel file, CRC32C crc32c) {
        return Mono.fromCallable(() -> {
            ByteBuffer bytes = ByteBuffer.allocate(READ_BYTES);
            boolean more = true;
            while (more && bytes.hasRemaining()) {
                more = file.read(bytes) >= 0;
            }
            crc32c.update(bytes.flip());
            return bytes.limit();
        }).subscribeOn(means.disk());
    }

    @Override
    public void close() {
        if (loop != null) {
            loop.dispose();
        }
    }
}
