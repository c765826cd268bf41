package io.quorate.kv.blob;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.kv.BlobRef;
import io.quorate.kv.BlobStore.OpenBlob;
import io.quorate.kv.BlobStore.Reference;
import io.quorate.kv.BlobStore.StoredBlob;
import io.quorate.kv.BlobStore.Tap;
import io.quorate.kv.Deadline;
import io.quorate.kv.Key;
import io.quorate.kv.Transaction;
import io.quorate.kv.Versioned;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Three members with bodies on scripted disks and between scripted peers. */
abstract class ReplicatedBodies {
    static final Duration PATIENCE = Duration.ofSeconds(60);
    static final Key OWNER = Key.of(4_711, new byte[]{1, 2, 3});
    static final int CHUNK = 1_000;
    static final long LAG = 8_000;
    static final BlobSettings SETTINGS = new BlobSettings(Duration.ofMinutes(15), CHUNK, 2,
            2, Duration.ofHours(1), 3, new BlobSettings.Copying(LAG, Duration.ofMillis(400), 4, 2,
                    Duration.ofHours(1), 1L << 30));

    @TempDir
    Path directory;

    final AtomicLong millis = new AtomicLong(1_000_000);
    final TinyKv kv = new TinyKv(millis::get);
    final ScriptedPeers peers = new ScriptedPeers();
    final Map<String, FileBlobStore> stores = new HashMap<>();
    final Map<String, FaultyBlobFiles> disks = new HashMap<>();
    volatile List<String> voters = List.of("a", "b", "c");

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

    final class Groups implements BodyGroups {
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

    StoredBlob write(String node, byte[] body) {
        int count = (body.length + 776) / 777;
        return write(node, Flux.range(0, count).map(i -> ByteBuffer.wrap(body, i * 777,
                Math.min(777, body.length - i * 777))));
    }

    StoredBlob write(String node, Flux<ByteBuffer> body) {
        return store(node).write(OWNER, body, 1 << 20, Tap.NONE).blockOptional(PATIENCE)
                .orElseThrow();
    }

    StoredBlob live(String node, byte[] body) {
        StoredBlob blob = write(node, body);
        commit(granted(node, blob));
        return blob;
    }

    Transaction granted(String node, StoredBlob blob) {
        return ((Reference.Granted) store(node).reference(kv.view(), blob)).transaction();
    }

    void commit(Transaction transaction) {
        kv.commit(transaction).contextWrite(Deadline.after(PATIENCE)::into).block(PATIENCE);
    }

    void settle(String node) {
        store(node).coverage().settle(0, voters).contextWrite(Deadline.after(PATIENCE)::into)
                .block(PATIENCE);
    }

    BodyCoverage.Report report(String node) {
        return store(node).coverage().report(0).blockOptional(PATIENCE).orElseThrow();
    }

    long repair(String node) {
        return store(node).repair().blockOptional(PATIENCE).orElseThrow();
    }

    long scrub(String node) {
        return store(node).scrub().blockOptional(PATIENCE).orElseThrow();
    }

    BlobRow.Live row(BlobRef ref) {
        return (BlobRow.Live) BlobRow.decode(find(BlobKeys.row(ref.id())).value());
    }

    BodyMembers members() {
        return BodyMembers.decode(find(BlobKeys.members(0)).value());
    }

    Versioned find(Key key) {
        return kv.rows().stream().filter(row -> row.key().equals(key)).findFirst().orElseThrow();
    }

    List<String> holders(BlobRef ref) {
        return row(ref).holders();
    }

    byte[] read(String node, StoredBlob blob) throws IOException {
        Mono<OpenBlob> opening = store(node).open(blob.ref())
                .contextWrite(Deadline.after(PATIENCE)::into);
        try (OpenBlob open = opening.blockOptional(PATIENCE).orElseThrow()) {
            return Files.readAllBytes(open.path());
        }
    }

    byte[] bytesAt(String node, StoredBlob blob) throws IOException {
        return Files.readAllBytes(disk(node).path(blob.ref().id()));
    }

    void assertNoFiles(String... nodes) {
        try {
            for (String node : nodes) {
                assertThat(disk(node).listAfter(null, 10)).isEmpty();
            }
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    FileBlobStore store(String node) {
        return Objects.requireNonNull(stores.get(node), node);
    }

    FaultyBlobFiles disk(String node) {
        return Objects.requireNonNull(disks.get(node), node);
    }
}
