package io.quorate.kv.blob;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Files whose disk fails, fills up or stalls when told to. */
final class FaultyBlobFiles implements BlobFiles {
    private final BlobFiles real;
    private final AtomicInteger forced = new AtomicInteger();
    private final CountDownLatch held = new CountDownLatch(1);
    private volatile boolean failForce;
    private volatile boolean full;
    private volatile @Nullable CountDownLatch release;

    FaultyBlobFiles(BlobFiles real) {
        this.real = real;
    }

    void failForce(boolean fail) {
        failForce = fail;
    }

    void full(boolean isFull) {
        full = isFull;
    }

    int forced() {
        return forced.get();
    }

    void holdWritesUntil(CountDownLatch latch) {
        release = latch;
    }

    void awaitHeldWrite() throws InterruptedException {
        assertThat(held.await(60, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
    }

    @Override
    public FileChannel create(UUID id) throws IOException {
        return real.create(id);
    }

    @Override
    public FileChannel createPart(UUID id) throws IOException {
        return real.createPart(id);
    }

    @Override
    public void publishPart(UUID id) throws IOException {
        real.publishPart(id);
    }

    @Override
    public void deletePart(UUID id) throws IOException {
        real.deletePart(id);
    }

    @Override
    public FileChannel openToRead(UUID id) throws IOException {
        return real.openToRead(id);
    }

    @Override
    public long length(UUID id) throws IOException {
        return real.length(id);
    }

    @Override
    public void write(FileChannel file, java.nio.ByteBuffer bytes) throws IOException {
        CountDownLatch gate = release;
        if (gate != null) {
            held.countDown();
            try {
                gate.await();
            } catch (InterruptedException interrupted) {
                throw new IOException(interrupted);
            }
        }
        if (full) {
            throw new OutOfSpaceException(new IOException("planted"));
        }
        real.write(file, bytes);
    }

    @Override
    public void force(FileChannel file) throws IOException {
        if (failForce) {
            throw new IOException("planted");
        }
        real.force(file);
        forced.incrementAndGet();
    }

    @Override
    public boolean exists(UUID id) {
        return real.exists(id);
    }

    @Override
    public void delete(UUID id) throws IOException {
        real.delete(id);
    }

    @Override
    public List<UUID> listAfter(@Nullable UUID after, int limit) throws IOException {
        return real.listAfter(after, limit);
    }

    @Override
    public Path path(UUID id) {
        return real.path(id);
    }
}
