package io.quorate.kv.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import io.quorate.kv.BlobStore;
import io.quorate.kv.BlobStore.OpenBlob;
import io.quorate.kv.BlobStore.StoredBlob;
import io.quorate.kv.BlobStore.Tap;
import io.quorate.kv.Deadline;
import io.quorate.kv.Key;
import io.quorate.kv.KvException;
import io.quorate.kv.KvFailure;
import io.quorate.kv.Transaction;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class FileBlobStoreTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Key OWNER = Key.of(4_711, new byte[]{1, 2, 3});
    private static final BlobSettings SETTINGS = new BlobSettings(Duration.ofMinutes(15), 1_000, 2,
            2, Duration.ofHours(1), 3, BlobSettings.Copying.defaults());

    @TempDir
    Path directory;

    private final AtomicLong millis = new AtomicLong(1_000_000);
    private final TinyKv kv = new TinyKv(millis::get);
    private FaultyBlobFiles files;
    private FileBlobStore store;

    @BeforeEach
    void open() throws IOException {
        files = new FaultyBlobFiles(new DirectoryBlobFiles(directory));
        store = new FileBlobStore(files, SETTINGS, new FileBlobStore.Surroundings(kv, millis::get,
                BodyGroups.solo("one"), BodyPeers.none()));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void bodyIsReadBackAsItWasWritten() throws IOException {
        byte[] body = random(10_007);

        StoredBlob blob = write(body, 777);

        CRC32C crc = new CRC32C();
        crc.update(body);
        assertThat(blob.ref().length()).isEqualTo(body.length);
        assertThat(blob.ref().crc32c()).isEqualTo((int) crc.getValue());
        assertThat(read(blob)).isEqualTo(body);
        assertThat(files.forced()).isEqualTo(1);
    }

    @Test
    void tapSeesEveryByteInOrder() {
        byte[] body = random(5_000);
        var seen = new ByteArrayOutputStream();

        write(Flux.just(ByteBuffer.wrap(body)), BlobStore.MAX_LENGTH, bytes -> {
            byte[] part = new byte[bytes.remaining()];
            bytes.get(part);
            seen.writeBytes(part);
        });

        assertThat(seen.toByteArray()).isEqualTo(body);
    }

    @Test
    void emptyBodyIsABody() throws IOException {
        StoredBlob blob = write(Flux.empty(), 0, Tap.NONE);

        assertThat(read(blob)).isEmpty();
    }

    @Test
    void referencedBodySurvivesTheCollector() throws IOException {
        StoredBlob blob = write(random(10), 10);
        commit(granted(blob));
        millis.addAndGet(Duration.ofDays(1).toMillis());

        assertThat(collect()).isZero();

        assertThat(read(blob)).hasSize(10);
    }

    @Test
    void reservationThatHasPassedCannotBecomeLive() {
        StoredBlob blob = write(random(10), 10);
        Transaction granted = granted(blob);
        millis.addAndGet(SETTINGS.reservation().toMillis());

        assertThat(store.reference(kv.view(), blob))
                .isInstanceOf(BlobStore.Reference.Expired.class);
        assertThatThrownBy(() -> commit(granted))
                .asInstanceOf(type(KvException.class)).extracting(KvException::failure)
                .isInstanceOf(KvFailure.ConditionFailed.class);
    }

    @Test
    void collectorRemovesWhatWasNeverReferencedOnceItsTimeHasPassed() {
        write(random(10), 10);

        assertThat(collect()).isZero();
        millis.addAndGet(SETTINGS.reservation().toMillis());
        assertThat(collect()).isEqualTo(1);

        assertThat(kv.rows()).isEmpty();
        assertNoFiles();
    }

    @Test
    void bodyWhoseReservationWasCollectedCannotBecomeLive() {
        StoredBlob blob = write(random(10), 10);
        Transaction granted = granted(blob);
        millis.addAndGet(SETTINGS.reservation().toMillis());
        collect();
        millis.addAndGet(-SETTINGS.reservation().toMillis());

        assertThat(store.reference(kv.view(), blob))
                .isInstanceOf(BlobStore.Reference.Expired.class);
        assertThatThrownBy(() -> commit(granted)).isInstanceOf(KvException.class);
    }

    @Test
    void collectorRemovesFilesWithoutARow() throws IOException {
        files.create(BlobKeys.newId(7)).close();

        assertThat(collect()).isEqualTo(1);

        assertNoFiles();
    }

    @Test
    void collectorResumesWhereItsBatchEnded() throws IOException {
        for (int i = 0; i < 8; i++) {
            files.create(BlobKeys.newId(i)).close();
        }

        assertThat(collect()).isEqualTo(3);
        assertThat(collect()).isEqualTo(3);
        assertThat(collect()).isEqualTo(2);
    }

    @Test
    void collectorLeavesForeignFilesAlone() throws IOException {
        Path foreign = Files.createDirectories(directory.resolve("lost+found"))
                .resolve("keep");
        Files.writeString(foreign, "keep");

        assertThat(collect()).isZero();

        assertThat(foreign).exists();
    }

    @Test
    void collectorLeavesABodyAloneThatIsArriving() {
        Sinks.Many<ByteBuffer> body = Sinks.many().unicast().onBackpressureBuffer();
        Disposable upload = store.write(OWNER, body.asFlux(), 100, Tap.NONE).subscribe();
        await().untilAsserted(() -> assertThat(kv.rows()).hasSize(1));
        millis.addAndGet(SETTINGS.reservation().toMillis());

        assertThat(collect()).isZero();

        upload.dispose();
        await().until(() -> store.uploadsInProgress() == 0);
    }

    @Test
    void releasedBodyStaysAsLongAsItIsOpen() {
        StoredBlob blob = write(random(10), 10);
        commit(granted(blob));
        try (OpenBlob reader = opened(blob)) {
            commit(Transaction.of(store.release(blob.ref())));

            assertThat(collect()).isZero();

            assertThat(reader.path()).hasSize(10);
        }
        assertThat(collect()).isEqualTo(1);
        assertThatThrownBy(() -> opened(blob)).isInstanceOf(KvException.class);
    }

    @Test
    void bodyThatNobodyWaitsForAnyMoreIsNotHeldOpen() throws Exception {
        StoredBlob blob = write(random(10), 10);
        commit(granted(blob));
        commit(Transaction.of(store.release(blob.ref())));
        var release = new CountDownLatch(1);
        files.holdWritesUntil(release);
        for (int thread = 0; thread < SETTINGS.writerThreads(); thread++) {
            store.write(OWNER, Flux.just(ByteBuffer.allocate(1)), 1, Tap.NONE).subscribe();
        }
        files.awaitHeldWrite();

        store.open(blob.ref()).contextWrite(Deadline.after(LONG)::into)
                .subscribe().dispose();
        release.countDown();
        await().until(() -> store.uploadsInProgress() == 0);

        await().until(() -> collect() == 1);
    }

    @Test
    void bodyLongerThanAllowedLeavesNothing() {
        assertThatThrownBy(() -> write(Flux.just(ByteBuffer.allocate(11)), 10, Tap.NONE))
                .asInstanceOf(type(KvException.class)).extracting(KvException::failure)
                .isInstanceOf(KvFailure.Refused.class);

        assertNothingLeft();
    }

    @Test
    void bodyThatFailsLeavesNothing() {
        var broken = new IllegalArgumentException("the sender broke off");

        assertThatThrownBy(() -> write(
                Flux.just(ByteBuffer.allocate(5_000)).concatWith(Mono.error(broken)), 10_000,
                Tap.NONE)).isSameAs(broken);

        assertNothingLeft();
    }

    @Test
    void cancelledBodyLeavesNothing() {
        Sinks.Many<ByteBuffer> body = Sinks.many().unicast().onBackpressureBuffer();
        Disposable upload = store.write(OWNER, body.asFlux(), 10_000, Tap.NONE).subscribe();
        body.tryEmitNext(ByteBuffer.allocate(2_500)).orThrow();
        await().until(() -> body.currentSubscriberCount() == 1);

        upload.dispose();

        await().untilAsserted(this::assertNothingLeft);
        await().until(() -> body.currentSubscriberCount() == 0);
    }

    @Test
    void failedForceFailsTheBodyAndLeavesNothing() {
        files.failForce(true);

        assertThatThrownBy(() -> write(random(10), 10)).asInstanceOf(type(KvException.class))
                .extracting(KvException::failure).isInstanceOf(KvFailure.Poisoned.class);

        assertNothingLeft();
    }

    @Test
    void fullDiskIsSaidToBeFull() {
        files.full(true);

        assertThatThrownBy(() -> write(random(10), 10)).asInstanceOf(type(KvException.class))
                .extracting(KvException::failure).isInstanceOf(KvFailure.DiskFull.class);
    }

    @Test
    void reservationIsExtendedWhileBytesArrive() {
        Sinks.Many<ByteBuffer> body = Sinks.many().unicast().onBackpressureBuffer();
        var result = store.write(OWNER, body.asFlux(), 10_000, Tap.NONE).toFuture();
        await().until(() -> kv.commits() == 1);
        millis.addAndGet(SETTINGS.reservation().toMillis() * 3 / 4);
        body.tryEmitNext(ByteBuffer.allocate(1_000)).orThrow();
        await().until(() -> kv.commits() == 2);
        millis.addAndGet(SETTINGS.reservation().toMillis() * 3 / 4);
        body.tryEmitComplete().orThrow();

        commit(granted(result.join()));
    }

    @Test
    void slowDiskHoldsBackTheSender() throws InterruptedException {
        var release = new CountDownLatch(1);
        files.holdWritesUntil(release);
        var requested = new AtomicLong();
        Flux<ByteBuffer> body = Flux.range(0, 100).map(i -> ByteBuffer.allocate(500))
                .doOnRequest(requested::addAndGet);

        var result = store.write(OWNER, body, 100_000, Tap.NONE).toFuture();
        files.awaitHeldWrite();

        // Two chunks of 1,000 bytes hold four buffers; none is asked for beyond them.
        await().during(Duration.ofMillis(200)).untilAsserted(
                () -> assertThat(requested.get()).isLessThanOrEqualTo(5));
        release.countDown();
        assertThat(result.join().ref().length()).isEqualTo(50_000);
    }

    @Test
    void moreUploadsThanTheBoundAreRefusedAtOnce() {
        var first = store.write(OWNER, Flux.never(), 10, Tap.NONE).subscribe();
        var second = store.write(OWNER, Flux.never(), 10, Tap.NONE).subscribe();

        assertThatThrownBy(() -> write(random(1), 1)).asInstanceOf(type(KvException.class))
                .extracting(KvException::failure).isInstanceOf(KvFailure.Overloaded.class);

        first.dispose();
        second.dispose();
        await().until(() -> store.uploadsInProgress() == 0);
        assertThat(write(random(1), 1).ref().length()).isEqualTo(1);
    }

    @Test
    void discardedBodyIsGoneAtOnce() {
        StoredBlob blob = write(random(10), 10);

        store.discard(blob).block(LONG);

        assertThat(kv.rows()).isEmpty();
        assertNoFiles();
    }

    @Test
    void idsLeadToTheirRows() {
        UUID id = BlobKeys.newId(65_535);

        assertThat(BlobKeys.routeOf(id)).isEqualTo(65_535);
        assertThat(BlobKeys.row(id).route()).isEqualTo(65_535);
    }

    private void assertNothingLeft() {
        assertNoFiles();
        assertThat(store.uploadsInProgress()).isZero();
        assertThat(store.freeChunks()).isEqualTo(SETTINGS.maxUploads() * BlobUpload.CHUNKS);
    }

    private void assertNoFiles() {
        try {
            assertThat(files.listAfter(null, 10)).isEmpty();
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    private StoredBlob write(byte[] body, int bufferBytes) {
        int count = (body.length + bufferBytes - 1) / bufferBytes;
        Function<Integer, ByteBuffer> part = i -> ByteBuffer.wrap(body, i * bufferBytes,
                Math.min(bufferBytes, body.length - i * bufferBytes));
        return write(Flux.range(0, count).map(part), BlobStore.MAX_LENGTH, Tap.NONE);
    }

    private StoredBlob write(Flux<ByteBuffer> body, long maxLength, Tap tap) {
        return store.write(OWNER, body, maxLength, tap).blockOptional(LONG)
                .orElseThrow();
    }

    private void commit(Transaction transaction) {
        kv.commit(transaction).contextWrite(Deadline.after(LONG)::into)
                .block(LONG);
    }

    private Transaction granted(StoredBlob blob) {
        return ((BlobStore.Reference.Granted) store.reference(kv.view(), blob)).transaction();
    }

    private long collect() {
        return store.collect().blockOptional(LONG).orElseThrow();
    }

    private OpenBlob opened(StoredBlob blob) {
        return store.open(blob.ref())
                .contextWrite(Deadline.after(LONG)::into)
                .blockOptional(LONG).orElseThrow();
    }

    private byte[] read(StoredBlob blob) throws IOException {
        try (OpenBlob open = opened(blob)) {
            return Files.readAllBytes(open.path());
        }
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
