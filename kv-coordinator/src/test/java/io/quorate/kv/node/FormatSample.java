package io.quorate.kv.node;

import static io.quorate.kv.node.RunningNode.await;
import static io.quorate.kv.node.RunningNode.key;
import static io.quorate.kv.node.RunningNode.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.kv.BlobRef;
import io.quorate.kv.BlobStore;
import io.quorate.kv.BlobStore.OpenBlob;
import io.quorate.kv.BlobStore.StoredBlob;
import io.quorate.kv.BlobStore.Tap;
import io.quorate.kv.Key;
import io.quorate.kv.KeyRange;
import io.quorate.kv.Mutation;
import io.quorate.kv.Scan;
import io.quorate.kv.ScanPage;
import io.quorate.kv.Transaction;
import io.quorate.kv.Value;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import reactor.core.publisher.Flux;

/** Something of everything that a data directory keeps: written by one release, read by all later ones. */
final class FormatSample {
    private static final Key OWNER = Key.of(7, "body".getBytes(StandardCharsets.UTF_8));
    private static final Key REFERENCE = key("reference");
    private static final Key COUNTER = key("counter");
    private static final int ROWS = 300;
    private static final int BODY_BYTES = 5_000;

    private FormatSample() {}

    /** Writes the first half of the sample into a new node. */
    static void begin(Node node) {
        for (int i = 0; i < ROWS; i++) {
            put(node, row(i), value("first " + i));
        }
    }

    /** Writes the second half. */
    static void end(Node node) {
        for (int i = 0; i < ROWS; i += 3) {
            put(node, row(i), value("second " + i));
        }
        for (int i = 1; i < ROWS; i += 3) {
            await(node.kv().commit(Transaction.of(new Mutation.Delete(row(i)))));
        }
        for (int i = 0; i < 5; i++) {
            await(node.kv().commit(Transaction.of(new Mutation.Add(COUNTER, 7))));
        }
        StoredBlob blob = await(node.blobs().write(OWNER, Flux.just(ByteBuffer.wrap(body())),
                BODY_BYTES, Tap.NONE));
        await(node.kv().commit(((BlobStore.Reference.Granted) node.blobs()
                .reference(new AppliedRows(node), blob)).transaction()));
        BlobRef ref = blob.ref();
        put(node, REFERENCE, value(ref.id() + " " + ref.length() + " " + ref.crc32c()));
    }

    /** Fails unless a node has the sample, and takes more. */
    static void assertIsIn(Node node) throws IOException {
        ScanPage rows = await(node.kv().scan(Scan.ascending(
                new KeyRange(key("row"), key("rox")), Scan.MAX_LIMIT)));
        assertThat(rows.rows()).hasSize(2 * ROWS / 3);
        for (int i = 0; i < ROWS; i++) {
            assertThat(await(node.kv().get(row(i))).map(found -> RunningNode.text(found.value())))
                    .as("row %d", i).isEqualTo(switch (i % 3) {
                        case 0 -> Optional.of("second " + i);
                        case 1 -> Optional.<String>empty();
                        default -> Optional.of("first " + i);
                    });
        }
        assertThat(await(node.kv().get(COUNTER)).orElseThrow().value())
                .isEqualTo(Value.of(ByteBuffer.allocate(Long.BYTES).putLong(35).array()));
        String[] parts = RunningNode
                .text(await(node.kv().get(REFERENCE)).orElseThrow().value()).split(" ", 3);
        BlobRef ref = new BlobRef(UUID.fromString(parts[0]), Long.parseLong(parts[1]),
                Integer.parseInt(parts[2]));
        try (OpenBlob open = await(node.blobs().open(ref))) {
            assertThat(Files.readAllBytes(open.path())).isEqualTo(body());
        }
        put(node, key("later"), value("written by this release"));
        assertThat(await(node.kv().get(key("later")))).isPresent();
    }

    private static void put(Node node, Key key, Value value) {
        await(node.kv().commit(Transaction.of(new Mutation.Put(key, value))));
    }

    private static Key row(int number) {
        return key("row" + number);
    }

    private static byte[] body() {
        byte[] bytes = new byte[BODY_BYTES];
        new Random(BODY_BYTES).nextBytes(bytes);
        return bytes;
    }
}
