package io.quorate.kv.blob;

import static java.util.Objects.requireNonNull;

import io.quorate.kv.BlobRef;
import io.quorate.kv.BlobStore.StoredBlob;
import io.quorate.kv.BlobStore.Tap;
import io.quorate.kv.KvException;
import io.quorate.kv.KvFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.MonoSink;
import reactor.util.context.Context;

/**
 * One body on its way into its file: the sender's thread copies bytes into chunks, a writer thread
 * empties them, one at a time and in order.
 *
 * <p>The sender is asked for one more buffer only while a whole chunk is free, so an upload holds
 * {@value #CHUNKS} chunks, plus at most one buffer of the sender's that did not fit.
 */
final class BlobUpload extends BaseSubscriber<ByteBuffer> implements Copies.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(BlobUpload.class);

    /** Chunks one upload takes from the pool: one fills while the other is written. */
    static final int CHUNKS = 2;

    private enum Phase {
        RECEIVING, RECEIVED, ENDED
    }

    /** What an upload works with; the last three are its own. */
    record Setting(BlobFiles files, ChunkPool pool, Executor writers, Reservation reservation,
            Placement placement, Destination destination) {}

    /** What is being written. */
    record Destination(UUID id, long maxLength, Tap tap) {}

    private final Setting setting;
    private final MonoSink<StoredBlob> sink;
    private final Runnable whenEnded;
    private final CRC32C crc32c = new CRC32C();

    /** Guards what follows. */
    private final Object lock = new Object();
    private final Queue<ByteBuffer> full = new ArrayDeque<>();
    private @Nullable ByteBuffer filling;
    private int chunksLeft = CHUNKS;
    private boolean writing = true;
    /** One buffer was asked for and has not come; the first is asked for on subscription. */
    private boolean asking = true;
    private Phase phase = Phase.RECEIVING;
    private @Nullable Throwable failure;
    private long received;

    /** Only the writer's. */
    private @Nullable FileChannel file;
    private long written;

    /** Set before the first byte comes. */
    private volatile @Nullable Copies copies;

    BlobUpload(Setting setting, MonoSink<StoredBlob> sink, Runnable whenEnded) {
        this.setting = setting;
        this.sink = sink;
        this.whenEnded = whenEnded;
    }

    /** Creates the file, finds out who holds bodies, then reserves, then begins to receive. */
    void receive(Flux<ByteBuffer> body) {
        setting.writers().execute(() -> {
            try {
                file = setting.files().create(setting.destination().id());
                setting.placement().members(setting.destination().id())
                        .flatMap(members -> setting.reservation().extend().thenReturn(members))
                        .subscribe(members -> begin(members, body), this::resumeAfter);
            } catch (IOException failed) {
                resumeAfter(BlobFailures.of(failed));
            }
        });
    }

    private void begin(BodyMembers members, Flux<ByteBuffer> body) {
        Copies started = setting.placement().copies(setting.destination().id(), members, this);
        copies = started;
        started.begin();
        resumeAfter(null);
        body.subscribe(this);
    }

    /** The other members have what was written, or a quorum of them nearly. */
    @Override
    public void caughtUp() {
        askForMore();
    }

    /** No quorum will have the body. */
    @Override
    public void lost(KvException cause) {
        abandon(cause);
    }

    @Override
    public Context currentContext() {
        return Context.of(sink.contextView());
    }

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
        request(1);
    }

    @Override
    protected void hookOnNext(ByteBuffer bytes) {
        synchronized (lock) {
            asking = false;
            received += bytes.remaining();
            if (received > setting.destination().maxLength()) {
                stop(new KvFailure.Refused("the body is longer than "
                        + setting.destination().maxLength() + " bytes").asException());
            } else if (failure == null) {
                copy(bytes);
            }
        }
        startWriting();
        askForMore();
    }

    @Override
    protected void hookOnComplete() {
        synchronized (lock) {
            if (filling != null) {
                full.add(filling.flip());
                filling = null;
            }
            phase = phase == Phase.RECEIVING ? Phase.RECEIVED : phase;
        }
        startWriting();
    }

    @Override
    protected void hookOnError(Throwable throwable) {
        abandon(throwable);
    }

    /** Ends the upload without a result; the file is removed. */
    void abandon(Throwable cause) {
        synchronized (lock) {
            stop(cause);
        }
        startWriting();
        Copies running = copies;
        if (running != null) {
            running.cancel();
        }
    }

    private void stop(Throwable cause) {
        if (failure == null && phase != Phase.ENDED) {
            failure = cause;
            phase = Phase.RECEIVED;
        }
    }

    private void copy(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            ByteBuffer chunk = filling == null ? nextChunk(bytes.remaining()) : filling;
            int count = Math.min(chunk.remaining(), bytes.remaining());
            chunk.put(chunk.position(), bytes, bytes.position(), count);
            chunk.position(chunk.position() + count);
            bytes.position(bytes.position() + count);
            filling = chunk.hasRemaining() ? chunk : null;
            if (filling == null) {
                full.add(chunk.flip());
            }
        }
    }

    /** A free chunk, or where both are full a buffer just large enough for what is left. */
    private ByteBuffer nextChunk(int needed) {
        if (chunksLeft == 0) {
            return ByteBuffer.allocate(needed);
        }
        chunksLeft--;
        return setting.pool().take();
    }

    private void askForMore() {
        synchronized (lock) {
            boolean room = chunksLeft > 0 || filling != null;
            if (asking || !room || phase != Phase.RECEIVING || areCopiesBehind()) {
                return;
            }
            asking = true;
        }
        request(1);
    }

    private boolean areCopiesBehind() {
        Copies running = copies;
        return running != null && running.areBehind();
    }

    private void startWriting() {
        boolean stopped;
        synchronized (lock) {
            stopped = failure != null;
            boolean work = !full.isEmpty() || phase == Phase.RECEIVED;
            if (writing || !work || phase == Phase.ENDED) {
                return;
            }
            writing = true;
        }
        if (stopped) {
            cancel();
        }
        setting.writers().execute(this::write);
    }

    private void write() {
        try {
            for (ByteBuffer chunk = nextFull(); chunk != null; chunk = nextFull()) {
                writeChunk(chunk);
                askForMore();
            }
        } catch (IOException | RuntimeException failed) {
            synchronized (lock) {
                stop(BlobFailures.of(failed));
            }
            cancel();
        }
        if (hasFailed()) {
            end();
        } else if (setting.reservation().isDueForExtension()) {
            setting.reservation().extend().subscribe(nothing -> {}, failed -> resumeAfter(failed),
                    () -> resumeAfter(null));
        } else {
            resumeAfter(null);
        }
    }

    /** Goes on with what arrived meanwhile, or finishes. */
    private void resumeAfter(@Nullable Throwable failed) {
        boolean finished;
        synchronized (lock) {
            if (failed != null) {
                stop(failed);
            }
            finished = failure != null || (full.isEmpty() && phase == Phase.RECEIVED);
            writing = finished;
        }
        if (failed != null) {
            cancel();
        }
        if (finished) {
            setting.writers().execute(this::end);
        } else {
            startWriting();
            askForMore();
        }
    }

    private @Nullable ByteBuffer nextFull() {
        synchronized (lock) {
            return failure == null ? full.poll() : null;
        }
    }

    private boolean hasFailed() {
        synchronized (lock) {
            return failure != null;
        }
    }

    private void writeChunk(ByteBuffer chunk) throws IOException {
        try {
            setting.destination().tap().accept(chunk.duplicate());
            crc32c.update(chunk.duplicate());
            written += chunk.remaining();
            setting.files().write(requireNonNull(file), chunk);
            requireNonNull(copies).written(written);
        } finally {
            giveBack(chunk);
        }
    }

    private void giveBack(ByteBuffer chunk) {
        if (!chunk.isDirect()) {
            return;
        }
        setting.pool().giveBack(chunk);
        synchronized (lock) {
            chunksLeft++;
        }
    }

    private void end() {
        Throwable cause = finish();
        releaseChunks();
        if (cause != null) {
            fail(cause);
            return;
        }
        BodyPart.End end = new BodyPart.End(written, (int) crc32c.getValue());
        requireNonNull(copies).finish(end).subscribe(holders -> succeed(end, holders),
                failed -> setting.writers().execute(() -> {
                    remove(failed);
                    fail(failed);
                }));
    }

    private void succeed(BodyPart.End end, List<String> holders) {
        whenEnded.run();
        Reservation reservation = setting.reservation();
        sink.success(new StoredBlob(
                new BlobRef(setting.destination().id(), end.length(), end.crc32c()),
                reservation.version(), reservation.expiresAtMillis(),
                requireNonNull(copies).configuration(), holders));
    }

    /** The file is gone; so is the reservation soon. */
    private void fail(Throwable cause) {
        Copies running = copies;
        if (running != null) {
            running.cancel();
        }
        setting.reservation().release().subscribe(nothing -> {},
                kept -> LOG.debug("event=blob-reservation-kept id={} cause={}",
                        setting.destination().id(), kept.toString()));
        whenEnded.run();
        sink.error(cause);
    }

    /** Forces and closes the file, or closes and removes it; says why there is no result. */
    private @Nullable Throwable finish() {
        Throwable cause;
        synchronized (lock) {
            cause = failure;
            phase = Phase.ENDED;
        }
        try (FileChannel closing = file) {
            if (cause == null) {
                setting.files().force(requireNonNull(closing));
            }
        } catch (IOException failed) {
            cause = BlobFailures.of(failed);
        }
        if (cause != null) {
            remove(cause);
        }
        return cause;
    }

    private void remove(Throwable cause) {
        try {
            setting.files().delete(setting.destination().id());
        } catch (IOException failed) {
            LOG.warn("event=blob-not-removed id={} cause={}", setting.destination().id(),
                    cause.toString(), failed);
        }
    }

    private void releaseChunks() {
        synchronized (lock) {
            if (filling != null) {
                full.add(filling);
                filling = null;
            }
            full.stream().filter(ByteBuffer::isDirect).forEach(setting.pool()::giveBack);
            full.clear();
        }
    }
}
