package io.quorate.kv.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import io.quorate.kv.BlobRef;
import io.quorate.kv.BlobStore.OpenBlob;
import io.quorate.kv.BlobStore.Reference;
import io.quorate.kv.BlobStore.StoredBlob;
import io.quorate.kv.BlobStore.Tap;
import io.quorate.kv.Deadline;
import io.quorate.kv.Key;
import io.quorate.kv.KvException;
import io.quorate.kv.KvFailure;
import io.quorate.kv.Transaction;
import io.quorate.kv.Versioned;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class ReplicatedBodiesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Key OWNER = Key.of(4_711, new byte[]{1, 2, 3});
    private static final int CHUNK = 1_000;
    private static final long LAG = 8_000;
    private static final BlobSettings SETTINGS = new BlobSettings(Duration.ofMinutes(15), CHUNK, 2,
            2, Duration.ofHours(1), 3, new BlobSettings.Copying(LAG, Duration.ofMillis(400), 4, 2,
                    Duration.ofHours(1), 1L << 30));

    @TempDir
    Path directory;

    private final AtomicLong millis = new AtomicLong(1_000_000);
    private final TinyKv kv = new TinyKv(millis::get);
    private final ScriptedPeers peers = new ScriptedPeers();
    private final Map<String, FileBlobStore> stores = new HashMap<>();
    private final Map<String, FaultyBlobFiles> disks = new HashMap<>();
    private volatile List<String> voters = List.of("a", "b", "c");

    @BeforeEach
    void open() throws IOException {
        for (String node : List.of("a", "b", "c", "d", "e")) {
            FaultyBlobFiles files = new FaultyBlobFiles(
                    new DirectoryBlobFiles(directory.resolve(node)));
            disks.put(node, files);
            stores.put(node, new FileBlobStore(files, SETTINGS, new FileBlobStore.Surroundings(kv,
                    millis::get, new Groups(node), peers.of(node))));
        }
    }

    @AfterEach
    void close() {
        stores.values().forEach(FileBlobStore::close);
    }

    private final class Groups implements BodyGroups {
        private final String self;

        Groups(String self) {
            this.self = self;
        }

        @Override
        public String self() {
            return self;
        }

        @Override
        public List<Integer> routes() {
            return List.of(0);
        }

        @Override
        public List<String> voters(int route) {
            return voters;
        }
    }

    @Test
    void bodyIsOnAQuorumWhenItIsAcknowledged() throws IOException {
        byte[] body = random(10_007);

        StoredBlob blob = write("a", body);

        assertThat(blob.holders()).contains("a").hasSizeGreaterThanOrEqualTo(2);
        for (String holder : blob.holders()) {
            assertThat(bytesAt(holder, blob)).isEqualTo(body);
            assertThat(disk(holder).forced()).isPositive();
        }
    }

    @Test
    void everyMemberHasTheBodySoonWithoutRepair() throws IOException {
        byte[] body = random(10_007);

        StoredBlob blob = write("a", body);

        await().untilAsserted(() -> {
            for (String node : voters) {
                assertThat(bytesAt(node, blob)).isEqualTo(body);
            }
        });
    }

    @Test
    void deadMinorityDoesNotFailTheBody() {
        peers.kill("c");

        StoredBlob blob = write("a", random(10_000));

        assertThat(blob.holders()).containsExactly("a", "b");
    }

    @Test
    void deadMajorityFailsTheBodyAndLeavesNothing() {
        peers.kill("b");
        peers.kill("c");

        assertThatThrownBy(() -> write("a", random(10_000))).asInstanceOf(type(KvException.class))
                .extracting(KvException::failure)
                .isEqualTo(new KvFailure.Overloaded("blob.quorum"));

        await().untilAsserted(() -> assertThat(kv.rows()).isEmpty());
        assertNoFiles("a", "b", "c");
        assertThat(store("a").uploadsInProgress()).isZero();
    }

    @Test
    void minorityThatTakesNothingHoldsBackNobody() {
        peers.deafen("c");

        StoredBlob blob = write("a", random(50 * CHUNK));

        assertThat(blob.holders()).containsExactly("a", "b");
    }

    @Test
    void majorityThatTakesNothingHoldsBackTheSenderAndThenFails() {
        peers.deafen("b");
        peers.deafen("c");
        AtomicLong given = new AtomicLong();
        Flux<ByteBuffer> body = Flux.range(0, 1_000).map(i -> ByteBuffer.allocate(CHUNK))
                .doOnNext(bytes -> given.addAndGet(CHUNK));

        assertThatThrownBy(() -> write("a", body)).isInstanceOf(KvException.class);

        assertThat(given.get()).isLessThanOrEqualTo(LAG + 4 * CHUNK);
    }

    @Test
    void slowSenderIsNobodysFault() {
        Sinks.Many<ByteBuffer> body = Sinks.many().unicast().onBackpressureBuffer();
        var result = store("a").write(OWNER, body.asFlux(), 10_000, Tap.NONE).toFuture();
        body.tryEmitNext(ByteBuffer.allocate(CHUNK)).orThrow();

        await().during(SETTINGS.copying().progress().multipliedBy(3)).atMost(PATIENCE)
                .until(() -> !result.isDone());
        body.tryEmitNext(ByteBuffer.allocate(CHUNK)).orThrow();
        body.tryEmitComplete().orThrow();

        assertThat(result.join().ref().length()).isEqualTo(2 * CHUNK);
        await().until(() -> disk("b").exists(result.join().ref().id())
                && disk("c").exists(result.join().ref().id()));
    }

    @Test
    void copyThatBreaksOffLeavesNoHalfFile() {
        peers.breakAfter("b", 3 * CHUNK);

        StoredBlob blob = write("a", random(10 * CHUNK));

        assertThat(blob.holders()).containsExactly("a", "c");
        await().untilAsserted(() -> assertNoFiles("b"));
    }

    @Test
    void lostAnswerCountsAsNoHolder() {
        peers.loseAcksOf("b");

        StoredBlob blob = write("a", random(10_000));

        assertThat(blob.holders()).containsExactly("a", "c");
    }

    @Test
    void twoLostAnswersFailTheBodyAndTheFilesAreCollected() {
        peers.loseAcksOf("b");
        peers.loseAcksOf("c");

        assertThatThrownBy(() -> write("a", random(10_000))).isInstanceOf(KvException.class);
        await().untilAsserted(() -> assertThat(kv.rows()).isEmpty());

        for (String node : voters) {
            await().untilAsserted(() -> {
                store(node).collect().block(PATIENCE);
                assertNoFiles(node);
            });
        }
    }

    @Test
    void diskThatFailsToForceIsNoHolder() {
        disk("b").failForce(true);

        StoredBlob blob = write("a", random(10_000));

        assertThat(blob.holders()).containsExactly("a", "c");
        await().untilAsserted(() -> assertNoFiles("b"));
    }

    @Test
    void nodeThatIsNoMemberWritesToAQuorumOfTheMembers() {
        StoredBlob blob = write("d", random(10_000));

        assertThat(blob.holders()).isSubsetOf("a", "b", "c").hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void groupOfOneCopiesNothing() {
        voters = List.of("a");

        StoredBlob blob = write("a", random(10_000));

        assertThat(blob.holders()).containsExactly("a");
        assertThat(peers.pushes()).isZero();
    }

    @Test
    void fiveMembersNeedThree() {
        voters = List.of("a", "b", "c", "d", "e");
        peers.kill("d");
        peers.kill("e");

        assertThat(write("a", random(10_000)).holders()).containsExactly("a", "b", "c");
        peers.kill("c");
        assertThatThrownBy(() -> write("a", random(10_000))).isInstanceOf(KvException.class);
    }

    @Test
    void bodyWrittenUnderEarlierMembersIsRefusedAndPlacedAnew() {
        settle("a");
        StoredBlob blob = write("a", random(10_000));
        voters = List.of("a", "b", "c", "d");
        settle("a");

        assertThat(store("a").reference(kv.view(), blob))
                .isInstanceOf(Reference.Misplaced.class);
        StoredBlob placed = store("a").placeAnew(blob).blockOptional(PATIENCE).orElseThrow();

        assertThat(placed.configuration()).isEqualTo(1);
        assertThat(placed.holders()).hasSizeGreaterThanOrEqualTo(3);
        commit(granted("a", placed));
    }

    @Test
    void referenceDecidedBeforeAChangeOfMembersDoesNotApplyAfterIt() {
        StoredBlob blob = write("a", random(10_000));
        Transaction decided = granted("a", blob);
        settle("a");
        voters = List.of("a", "b", "c", "d");
        settle("a");

        assertThatThrownBy(() -> commit(decided)).asInstanceOf(type(KvException.class))
                .extracting(KvException::failure).isEqualTo(new KvFailure.ConditionFailed(1));
    }

    @Test
    void memberThatMissesABodyFetchesItWhenItIsRead() throws IOException {
        peers.kill("c");
        byte[] body = random(10_007);
        StoredBlob blob = live("a", body);
        peers.revive("c");

        assertThat(read("c", blob)).isEqualTo(body);
        assertThat(bytesAt("c", blob)).isEqualTo(body);
    }

    @Test
    void fetchGoesOnWithTheNextHolderWhereTheFirstBrokeOff() throws IOException {
        peers.kill("c");
        byte[] body = random(10 * CHUNK);
        StoredBlob blob = live("a", body);
        peers.revive("c");
        peers.breakAfter("a", 4 * CHUNK);

        assertThat(read("c", blob)).isEqualTo(body);
    }

    @Test
    void releasedBodyIsNotFetched() {
        peers.kill("c");
        StoredBlob blob = live("a", random(10_007));
        commit(Transaction.of(store("a").release(blob.ref())));
        peers.revive("c");

        assertThatThrownBy(() -> read("c", blob)).asInstanceOf(type(KvException.class))
                .extracting(KvException::failure).isInstanceOf(KvFailure.Refused.class);
    }

    @Test
    void bodyThatNobodyAnswersForIsTemporarilyUnavailable() {
        peers.kill("c");
        StoredBlob blob = live("a", random(10_007));
        peers.revive("c");
        peers.kill("a");
        peers.kill("b");

        assertThatThrownBy(() -> read("c", blob)).asInstanceOf(type(KvException.class))
                .extracting(KvException::failure)
                .isEqualTo(new KvFailure.Overloaded("blob.holders"));
    }

    @Test
    void wipedMemberIsRepaired() throws IOException {
        List<StoredBlob> blobs = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            blobs.add(live("a", random(5_000 + i)));
        }
        for (StoredBlob blob : blobs) {
            await().until(() -> disk("b").exists(blob.ref().id()));
            disk("b").delete(blob.ref().id());
        }

        assertThat(repair("b")).isEqualTo(8);

        for (StoredBlob blob : blobs) {
            assertThat(bytesAt("b", blob)).isEqualTo(bytesAt("a", blob));
        }
        assertThat(repair("b")).isZero();
    }

    @Test
    void repairLeavesReservedBodiesAlone() {
        peers.kill("c");
        write("a", random(5_000));
        peers.revive("c");

        assertThat(repair("c")).isZero();
        assertNoFiles("c");
    }

    @Test
    void flippedByteIsReplacedFromAnotherMember() throws IOException {
        byte[] body = random(300_000);
        StoredBlob blob = live("a", body);
        await().until(() -> disk("b").exists(blob.ref().id()));
        Path file = disk("b").path(blob.ref().id());
        byte[] damaged = body.clone();
        damaged[270_000] ^= 1;
        Files.write(file, damaged);

        assertThat(scrub("b")).isEqualTo(1);

        assertThat(bytesAt("b", blob)).isEqualTo(body);
        assertThat(scrub("b")).isZero();
    }

    @Test
    void damagedCopyIsNotTakenForTheBody() throws IOException {
        peers.kill("c");
        byte[] body = random(10_007);
        StoredBlob blob = live("a", body);
        peers.revive("c");
        byte[] damaged = body.clone();
        damaged[10] ^= 1;
        Files.write(disk("a").path(blob.ref().id()), damaged);

        assertThat(read("c", blob)).isEqualTo(body);
    }

    @Test
    void removalWaitsUntilAMajorityOfTheOthersHoldsEveryBody() {
        peers.kill("c");
        StoredBlob blob = live("a", random(5_000));
        assertThat(blob.holders()).containsExactly("a", "b");
        peers.revive("c");

        var retired = store("a").coverage().retire(0, voters, "b")
                .contextWrite(Deadline.after(PATIENCE)::into).toFuture();
        await().until(() -> report("a").uncovered() == 1);
        assertThat(retired).isNotDone();
        assertThat(repair("c")).isEqualTo(1);

        retired.orTimeout(60, java.util.concurrent.TimeUnit.SECONDS).join();
        assertThat(holders(blob.ref())).containsExactly("a", "c");
        assertThat(report("a").members()).containsExactly("a", "c");
    }

    @Test
    void removalThatCannotBeCoveredEndsAtItsDeadline() {
        peers.kill("c");
        live("a", random(5_000));

        assertThatThrownBy(() -> store("a").coverage().retire(0, voters, "b")
                .contextWrite(Deadline.after(Duration.ofMillis(700))::into).block(PATIENCE))
                .asInstanceOf(type(KvException.class)).extracting(KvException::failure)
                .isInstanceOf(KvFailure.DeadlineExceeded.class);
    }

    @Test
    void whatAnEarlierNodeOfTheSameNameHeldDoesNotCount() {
        peers.kill("c");
        StoredBlob blob = live("a", random(5_000));
        peers.revive("c");
        var retired = store("a").coverage().retire(0, voters, "b")
                .contextWrite(Deadline.after(PATIENCE)::into).toFuture();
        await().until(() -> report("a").members().equals(List.of("a", "c")));
        repair("c");
        retired.join();
        voters = List.of("a", "c");
        settle("a");
        voters = List.of("a", "b", "c");
        settle("a");

        BlobRow.Live row = row(blob.ref());
        BodyMembers members = members();

        assertThat(members.holding(new BlobRow.Live(row.length(), row.crc32c(), 0,
                List.of("a", "b")))).containsExactly("a");
        assertThat(members.holding(row)).containsExactly("a", "c");
    }

    @Test
    void retiredVoterThatStaysCountsAgain() {
        store("a").coverage().retire(0, voters, "b")
                .contextWrite(Deadline.after(PATIENCE)::into).block(PATIENCE);
        store("a").coverage().keep(0, voters, "b")
                .contextWrite(Deadline.after(PATIENCE)::into).block(PATIENCE);

        assertThat(report("a").members()).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(report("a").configuration()).isEqualTo(2);
    }

    @Test
    void copyIsNotRemovedWhileItsUploadMayStillBeReferredTo() {
        StoredBlob blob = write("a", random(5_000));
        await().until(() -> disk("b").exists(blob.ref().id()));

        assertThat(store("b").collect().block(PATIENCE)).isZero();
        millis.addAndGet(SETTINGS.reservation().toMillis());
        assertThat(store("b").collect().block(PATIENCE)).isEqualTo(1);

        assertThatThrownBy(() -> granted("a", blob)).isInstanceOf(ClassCastException.class);
    }

    @Test
    void copyLeftHalfByACrashIsGoneAfterTheStart() throws IOException {
        UUID id = BlobKeys.newId(7);
        disk("b").createPart(id).close();

        new DirectoryBlobFiles(directory.resolve("b"));

        try (var left = Files.walk(directory.resolve("b"))) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void memoryOfAnUploadDoesNotGrowWithASlowCopy() throws InterruptedException {
        var release = new CountDownLatch(1);
        disk("b").holdWritesUntil(release);
        disk("c").holdWritesUntil(release);
        AtomicLong given = new AtomicLong();
        Flux<ByteBuffer> body = Flux.range(0, 100).map(i -> ByteBuffer.allocate(CHUNK))
                .doOnNext(bytes -> given.addAndGet(CHUNK));
        var result = store("a").write(OWNER, body, 1 << 20, Tap.NONE).toFuture();
        disk("b").awaitHeldWrite();
        disk("c").awaitHeldWrite();
        await().until(() -> given.get() > LAG);

        // What was asked for and not yet written: one part a copy, and the one it waits for.
        assertThat(peers.pushedBytes()).isLessThanOrEqualTo(2 * 2 * CHUNK);
        release.countDown();
        assertThat(result.join().ref().length()).isEqualTo(100 * CHUNK);
    }

    private StoredBlob write(String node, byte[] body) {
        int count = (body.length + 776) / 777;
        return write(node, Flux.range(0, count).map(i -> ByteBuffer.wrap(body, i * 777,
                Math.min(777, body.length - i * 777))));
    }

    private StoredBlob write(String node, Flux<ByteBuffer> body) {
        return store(node).write(OWNER, body, 1 << 20, Tap.NONE).blockOptional(PATIENCE)
                .orElseThrow();
    }

    private StoredBlob live(String node, byte[] body) {
        StoredBlob blob = write(node, body);
        commit(granted(node, blob));
        return blob;
    }

    private Transaction granted(String node, StoredBlob blob) {
        return ((Reference.Granted) store(node).reference(kv.view(), blob)).transaction();
    }

    private void commit(Transaction transaction) {
        kv.commit(transaction).contextWrite(Deadline.after(PATIENCE)::into).block(PATIENCE);
    }

    private void settle(String node) {
        store(node).coverage().settle(0, voters).contextWrite(Deadline.after(PATIENCE)::into)
                .block(PATIENCE);
    }

    private BodyCoverage.Report report(String node) {
        return store(node).coverage().report(0).blockOptional(PATIENCE).orElseThrow();
    }

    private long repair(String node) {
        return store(node).repair().blockOptional(PATIENCE).orElseThrow();
    }

    private long scrub(String node) {
        return store(node).scrub().blockOptional(PATIENCE).orElseThrow();
    }

    private BlobRow.Live row(BlobRef ref) {
        return (BlobRow.Live) BlobRow.decode(find(BlobKeys.row(ref.id())).value());
    }

    private BodyMembers members() {
        return BodyMembers.decode(find(BlobKeys.members(0)).value());
    }

    private Versioned find(Key key) {
        return kv.rows().stream().filter(row -> row.key().equals(key)).findFirst().orElseThrow();
    }

    private List<String> holders(BlobRef ref) {
        return row(ref).holders();
    }

    private byte[] read(String node, StoredBlob blob) throws IOException {
        Mono<OpenBlob> opening = store(node).open(blob.ref())
                .contextWrite(Deadline.after(PATIENCE)::into);
        try (OpenBlob open = opening.blockOptional(PATIENCE).orElseThrow()) {
            return Files.readAllBytes(open.path());
        }
    }

    private byte[] bytesAt(String node, StoredBlob blob) throws IOException {
        return Files.readAllBytes(disk(node).path(blob.ref().id()));
    }

    private void assertNoFiles(String... nodes) {
        try {
            for (String node : nodes) {
                assertThat(disk(node).listAfter(null, 10)).isEmpty();
            }
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private FileBlobStore store(String node) {
        return Objects.requireNonNull(stores.get(node), node);
    }

    private FaultyBlobFiles disk(String node) {
        return Objects.requireNonNull(disks.get(node), node);
    }
}
