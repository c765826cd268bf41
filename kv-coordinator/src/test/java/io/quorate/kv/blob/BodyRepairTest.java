package io.quorate.kv.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import io.quorate.kv.BlobStore.StoredBlob;
import io.quorate.kv.KvException;
import io.quorate.kv.KvFailure;
import io.quorate.kv.Transaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Bodies that are missing or damaged somewhere. */
class BodyRepairTest extends ReplicatedBodies {
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
}
