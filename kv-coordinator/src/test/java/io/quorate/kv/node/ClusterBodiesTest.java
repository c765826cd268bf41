package io.quorate.kv.node;

import static io.quorate.kv.node.RunningNode.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quorate.kv.BlobStore;
import io.quorate.kv.BlobStore.OpenBlob;
import io.quorate.kv.BlobStore.StoredBlob;
import io.quorate.kv.BlobStore.Tap;
import io.quorate.kv.Deadline;
import io.quorate.kv.Key;
import io.quorate.kv.LeaderView;
import io.quorate.kv.blob.BodyCoverage;
import io.quorate.kv.blob.FileBlobStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** Bodies between real nodes, over gRPC. */
class ClusterBodiesTest {
    private static final Key OWNER = Key.of(77, new byte[]{1});
    private static final int BUFFER = 64 * 1024;

    @TempDir
    Path directory;

    @Test
    void bodyIsOnEveryMembersDisk() throws IOException {
        try (TestCluster cluster = TestCluster.started(directory, 3)) {
            byte[] body = random(3_000_000);

            StoredBlob blob = await(cluster.awaitLeader().blobs().write(OWNER, split(body),
                    body.length, Tap.NONE));

            assertThat(blob.holders()).hasSizeGreaterThanOrEqualTo(2)
                    .contains(cluster.awaitLeaderId());
            for (String node : cluster.founders()) {
                await().untilAsserted(
                        () -> assertThat(file(cluster, node, blob)).hasBinaryContent(body));
            }
        }
    }

    @Test
    void holderThatDiesDuringTheUploadDoesNotFailIt() throws IOException {
        try (TestCluster cluster = TestCluster.started(directory, 3)) {
            String dying = cluster.awaitFollowerId();
            String other = cluster.founders().stream().filter(
                    node -> !node.equals(dying) && !node.equals(cluster.awaitLeaderId()))
                    .findFirst().orElseThrow();
            byte[] body = random(2_000_000);
            List<ByteBuffer> parts = split(body).collectList().blockOptional().orElseThrow();
            Sinks.Many<ByteBuffer> sending = Sinks.many().unicast().onBackpressureBuffer();
            var result = cluster.awaitLeader().blobs()
                    .write(OWNER, sending.asFlux(), body.length, Tap.NONE).toFuture();
            parts.subList(0, 10).forEach(part -> sending.tryEmitNext(part).orThrow());
            await().until(() -> hasFiles(cluster, dying));

            cluster.stop(dying);
            parts.subList(10, parts.size()).forEach(part -> sending.tryEmitNext(part).orThrow());
            sending.tryEmitComplete().orThrow();

            StoredBlob blob = result.join();
            assertThat(blob.holders()).containsExactlyInAnyOrder(cluster.awaitLeaderId(), other);
            assertThat(file(cluster, other, blob)).hasBinaryContent(body);
        }
    }

    @Test
    void bodyIsReadOnEveryNodeWhoeverTookIt() throws IOException {
        try (TestCluster cluster = TestCluster.started(directory, 3)) {
            byte[] body = random(1_000_000);
            StoredBlob blob = publish(cluster, cluster.awaitFollowerId(), body);

            for (String node : cluster.founders()) {
                assertThat(read(cluster, node, blob)).isEqualTo(body);
            }
        }
    }

    @Test
    void nodeThatWasAwayGetsTheBodyWhenItIsRead() throws IOException {
        try (TestCluster cluster = TestCluster.started(directory, 3)) {
            String away = cluster.awaitFollowerId();
            cluster.stop(away);
            byte[] body = random(1_000_000);
            StoredBlob blob = publish(cluster, cluster.awaitLeaderId(), body);

            cluster.start(away);

            assertThat(read(cluster, away, blob)).isEqualTo(body);
            assertThat(file(cluster, away, blob)).hasBinaryContent(body);
        }
    }

    @Test
    void wipedAndDamagedBodiesAreRepaired() throws IOException {
        try (TestCluster cluster = TestCluster.started(directory, 3)) {
            String node = cluster.awaitFollowerId();
            FileBlobStore bodies = (FileBlobStore) cluster.node(node).blobs();
            byte[] body = random(1_000_000);
            StoredBlob wiped = publish(cluster, cluster.awaitLeaderId(), body);
            StoredBlob damaged = publish(cluster, cluster.awaitLeaderId(), body);
            await().until(() -> Files.exists(file(cluster, node, wiped))
                    && Files.exists(file(cluster, node, damaged)));
            Files.delete(file(cluster, node, wiped));
            byte[] flipped = body.clone();
            flipped[500_000] ^= 1;
            Files.write(file(cluster, node, damaged), flipped);

            assertThat(await(bodies.repair())).isEqualTo(1);
            assertThat(await(bodies.scrub())).isEqualTo(1);

            assertThat(file(cluster, node, wiped)).hasBinaryContent(body);
            assertThat(file(cluster, node, damaged)).hasBinaryContent(body);
        }
    }

    @Test
    void memberIsRemovedOnlyOnceTheOthersHoldEveryBody() throws IOException {
        try (TestCluster cluster = TestCluster.started(directory, 3)) {
            String leader = cluster.awaitLeaderId();
            String lacking = cluster.awaitFollowerId();
            String leaving = cluster.founders().stream()
                    .filter(node -> !node.equals(leader) && !node.equals(lacking)).findFirst()
                    .orElseThrow();
            cluster.stop(lacking);
            byte[] body = random(1_000_000);
            StoredBlob blob = publish(cluster, leader, body);
            assertThat(blob.holders()).containsExactlyInAnyOrder(leader, leaving);
            cluster.start(lacking);
            cluster.awaitReady();

            awaitRemoved(cluster, leaving);

            // At once: nobody waits for a repair that would come some day.
            assertThat(file(cluster, lacking, blob)).hasBinaryContent(body);
            BodyCoverage.Report report = await(
                    ((FileBlobStore) cluster.awaitLeader().blobs()).coverage().report(0));
            assertThat(report.live()).isEqualTo(1);
            assertThat(report.uncovered()).isZero();
        }
    }

    @Test
    void joinedMemberCountsForBodies() {
        try (TestCluster cluster = TestCluster.started(directory, 3)) {
            publish(cluster, cluster.awaitLeaderId(), random(1_000_000));

            cluster.start("n4");
            await().atMost(TestCluster.PATIENCE).ignoreExceptions().untilAsserted(() -> {
                BodyCoverage.Report report = await(
                        ((FileBlobStore) cluster.awaitLeader().blobs()).coverage().report(0));
                assertThat(report.members()).contains("n4");
                assertThat(report.live()).isEqualTo(1);
                assertThat(report.uncovered()).isZero();
            });
        }
    }

    private static void awaitRemoved(TestCluster cluster, String node) {
        cluster.awaitLeader().admin().orElseThrow().remove(node)
                .contextWrite(Deadline.after(Duration.ofMinutes(2))::into)
                .block(Duration.ofMinutes(3));
    }

    private static StoredBlob publish(TestCluster cluster, String node, byte[] body) {
        Node at = cluster.node(node);
        StoredBlob blob = await(at.blobs().write(OWNER, split(body), body.length, Tap.NONE));
        LeaderView view = new AppliedRows(at);
        await(at.kv().commit(((BlobStore.Reference.Granted) at.blobs().reference(view, blob))
                .transaction()));
        return blob;
    }

    private static byte[] read(TestCluster cluster, String node, StoredBlob blob)
            throws IOException {
        try (OpenBlob open = await(cluster.node(node).blobs().open(blob.ref()))) {
            return Files.readAllBytes(open.path());
        }
    }

    private static boolean hasFiles(TestCluster cluster, String node) throws IOException {
        try (var files = Files.walk(cluster.directory(node).resolve("blobs"))) {
            return files.anyMatch(Files::isRegularFile);
        }
    }

    private static Path file(TestCluster cluster, String node, StoredBlob blob) {
        String name = blob.ref().id().toString();
        return cluster.directory(node).resolve("blobs").resolve(name.substring(0, 2))
                .resolve(name);
    }

    private static Flux<ByteBuffer> split(byte[] body) {
        int count = (body.length + BUFFER - 1) / BUFFER;
        return Flux.range(0, count).map(i -> ByteBuffer.wrap(body, i * BUFFER,
                Math.min(BUFFER, body.length - i * BUFFER)));
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
