package io.quorate.kv.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import io.quorate.kv.BlobStore.StoredBlob;
import io.quorate.kv.BlobStore.Tap;
import io.quorate.kv.KvException;
import io.quorate.kv.KvFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

class ReplicatedBodiesTest extends ReplicatedBodies {
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
}
