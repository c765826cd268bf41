package io.quorate.kv.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.core.publisher.Operators;

/**
 * The parts of a body whose file is still being written: follows the writer, as fast as the subscriber
 * asks. What it reads was written a moment ago, so it comes from memory; it keeps one part.
 *
 * <p>One subscriber. Safe for any thread.
 */
final class FileTail implements Publisher<BodyPart>, Subscription {
    private final BlobFiles files;
    private final Executor executor;
    private final UUID id;
    private final int partBytes;
    private final Runnable whenTaken;
    private final AtomicInteger work = new AtomicInteger();
    private final AtomicLong demand = new AtomicLong();
    private volatile @Nullable Subscriber<? super BodyPart> subscriber;
    private volatile long written;
    private volatile BodyPart.@Nullable End end;
    private volatile boolean cancelled;
    private volatile long taken;
    private volatile long lastMoveNanos = System.nanoTime();

    /** Only the one that drains uses these. */
    private @Nullable FileChannel file;
    private boolean done;

    /**
     * Makes a tail.
     *
     * @param executor reads the file
     * @param partBytes of one part
     * @param whenTaken called after each part was given away
     */
    FileTail(Source source, Executor executor, int partBytes, Runnable whenTaken) {
        this.files = source.files();
        this.id = source.id();
        this.taken = source.offset();
        this.written = source.offset();
        this.executor = executor;
        this.partBytes = partBytes;
        this.whenTaken = whenTaken;
    }

    /** What is read, and from where. */
    record Source(BlobFiles files, UUID id, long offset) {}

    /** So many bytes are in the file now. */
    void written(long total) {
        written = total;
        schedule();
    }

    /** No more bytes come. */
    void finished(BodyPart.End last) {
        written = last.length();
        end = last;
        schedule();
    }

    /** Bytes given to the subscriber. */
    long taken() {
        return taken;
    }

    /** For how long the subscriber has taken nothing although there was something; 0 if it waits. */
    long idleNanos(long now) {
        boolean waits = demand.get() > 0 && taken == written && end == null;
        return waits ? 0 : now - lastMoveNanos;
    }

    @Override
    public void subscribe(Subscriber<? super BodyPart> only) {
        subscriber = only;
        only.onSubscribe(this);
    }

    @Override
    public void request(long parts) {
        lastMoveNanos = System.nanoTime();
        demand.accumulateAndGet(parts, Operators::addCap);
        schedule();
    }

    @Override
    public void cancel() {
        cancelled = true;
        schedule();
    }

    private void schedule() {
        if (work.getAndIncrement() != 0) {
            return;
        }
        try {
            executor.execute(this::drain);
        } catch (RejectedExecutionException full) {
            drainRefused(full);
        }
    }

    private void drain() {
        int seen = 1;
        while (seen != 0) {
            try {
                give();
            } catch (IOException | RuntimeException failed) {
                fail(failed);
            }
            seen = work.addAndGet(-seen);
        }
    }

    /** The queue of readers is bounded: this copy is given up. */
    private void drainRefused(RejectedExecutionException full) {
        fail(full);
        work.set(0);
    }

    private void give() throws IOException {
        Subscriber<? super BodyPart> to = subscriber;
        while (!done && to != null && demand.get() > 0 && !cancelled) {
            BodyPart.End last = end;
            long available = written - taken;
            if (available > 0) {
                BodyPart part = read(Math.min(available, partBytes));
                demand.decrementAndGet();
                lastMoveNanos = System.nanoTime();
                to.onNext(part);
                whenTaken.run();
            } else if (last != null) {
                done = true;
                lastMoveNanos = System.nanoTime();
                to.onNext(last);
                to.onComplete();
            } else {
                return;
            }
        }
        if (done || cancelled) {
            done = true;
            closeFile();
        }
    }

    private BodyPart read(long count) throws IOException {
        FileChannel open = file;
        if (open == null) {
            open = files.openToRead(id);
            file = open;
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) count);
        while (bytes.hasRemaining()) {
            if (open.read(bytes, taken + bytes.position()) < 0) {
                throw new IOException("a body's file is shorter than what was written");
            }
        }
        long now = taken + count;
        taken = now;
        return new BodyPart.Bytes(bytes.flip());
    }

    private void fail(Exception failed) {
        if (done) {
            return;
        }
        done = true;
        Subscriber<? super BodyPart> to = subscriber;
        if (to != null) {
            to.onError(failed);
        }
        try {
            closeFile();
        } catch (IOException ignored) {
            failed.addSuppressed(ignored);
        }
    }

    private void closeFile() throws IOException {
        FileChannel open = file;
        file = null;
        if (open != null) {
            open.close();
        }
    }
}
