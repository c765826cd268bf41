package io.quorate.kv.node;

import static io.quorate.kv.node.RunningNode.awaitEnd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quorate.kv.BlobStore;
import io.quorate.kv.BlobStore.StoredBlob;
import io.quorate.kv.BlobStore.Tap;
import io.quorate.kv.ClusterAdmin;
import io.quorate.kv.ClusterStatus;
import io.quorate.kv.Deadline;
import io.quorate.kv.Key;
import io.quorate.kv.KvException;
import io.quorate.kv.KvFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;

/** A removal that cannot end, because a body is nowhere to be had: what operators see of it and do about it. */
class RemovalTest {
    private static final Key OWNER = Key.of(77, new byte[]{1});
    private static final Duration LONG = Duration.ofMinutes(10);

    @TempDir
    Path directory;
    private final List<Path> hidden = new ArrayList<>();
    @SuppressWarnings("NullAway.Init")
    private TestCluster cluster;
    private String leaving = "";

    /** One member was away during an upload, and what the two others stored cannot be read. */
    @BeforeEach
    void start() throws IOException {
        cluster = TestCluster.started(directory, 3);
        String leader = cluster.awaitLeaderId();
        List<String> others = cluster.founders().stream().filter(id -> !id.equals(leader))
                .toList();
        String away = others.get(0);
        leaving = others.get(1);
        cluster.stop(away);
        byte[] body = new byte[300_000];
        StoredBlob blob = RunningNode.await(cluster.awaitLeader().blobs().write(OWNER,
                Flux.just(ByteBuffer.wrap(body)), body.length, Tap.NONE));
        assertThat(blob.holders()).containsExactlyInAnyOrder(leader, leaving);
        Node at = cluster.awaitLeader();
        BlobStore.Reference reference = at.blobs().reference(new AppliedRows(at), blob);
        RunningNode.await(
                at.kv().commit(((BlobStore.Reference.Granted) reference).transaction()));
        for (String holder : blob.holders()) {
            hide(holder, blob);
        }
        cluster.start(away);
        cluster.awaitReady();
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void itsWaitIsSeenAndItCanBeTakenBack() {
        CompletableFuture<Void> removal = remove();
        await("status says what it waits for").atMost(TestCluster.PATIENCE)
                .until(() -> status().change(), Optional.of("node " + leaving
                        + " is being removed; it waits until the others have fetched 1 of 1"
                        + " object bodies")::equals);
        await("it is shown as leaving").atMost(TestCluster.PATIENCE)
                .until(() -> role(status()).equals(Optional.of(ClusterStatus.Role.LEAVING)));

        awaitEnd(admin().cancelRemoval(leaving));

        assertThat(status().change()).isEmpty();
        assertThat(role(status())).contains(ClusterStatus.Role.FOLLOWER);
        await("who asked for it is told").atMost(TestCluster.PATIENCE)
                .until(removal::isCompletedExceptionally);
        assertThatThrownBy(removal::join).cause().isInstanceOfSatisfying(KvException.class,
                told -> assertThat(told.failure()).isInstanceOfSatisfying(
                        KvFailure.Refused.class,
                        refused -> assertThat(refused.reason()).contains("cancelled")));
        assertThat(cluster.node(leaving).health().reasonNotReady()).isEmpty();
    }

    /** Slow, for members look for bodies they miss every thirty seconds. */
    @Tag("slow")
    @Test
    void aRemovalThatWasTakenBackCanBeMadeLater() throws IOException {
        CompletableFuture<Void> removal = remove();
        await("it waits").atMost(TestCluster.PATIENCE)
                .until(() -> status().change().filter(what -> what.contains("waits")).isPresent());
        awaitEnd(admin().cancelRemoval(leaving));
        await("who asked is told").atMost(TestCluster.PATIENCE).until(removal::isDone);

        for (Path body : hidden) {
            Files.move(body, body.resolveSibling(
                    body.getFileName().toString().replace(".hidden", "")));
        }
        await("it may be asked for again").atMost(TestCluster.PATIENCE).until(() -> {
            CompletableFuture<Void> again = remove();
            await().atMost(LONG).until(again::isDone);
            return !again.isCompletedExceptionally();
        });
        assertThat(role(status())).isEmpty();
    }

    @Test
    void whatIsNotBeingRemovedNeedNotBeTakenBack() {
        awaitEnd(admin().cancelRemoval(leaving));

        assertThat(role(status())).contains(ClusterStatus.Role.FOLLOWER);
    }

    private CompletableFuture<Void> remove() {
        return admin().remove(leaving).contextWrite(Deadline.after(LONG)::into).toFuture();
    }

    private ClusterAdmin admin() {
        return cluster.awaitLeader().admin().orElseThrow();
    }

    private ClusterStatus status() {
        return RunningNode.await(admin().status());
    }

    private Optional<ClusterStatus.Role> role(ClusterStatus status) {
        return status.members().stream().filter(member -> member.nodeId().equals(leaving))
                .map(ClusterStatus.Member::role).findFirst();
    }

    private void hide(String node, StoredBlob blob) throws IOException {
        String name = blob.ref().id().toString();
        Path body = cluster.directory(node).resolve("blobs").resolve(name.substring(0, 2))
                .resolve(name);
        Path aside = body.resolveSibling(name + ".hidden");
        Files.move(body, aside);
        hidden.add(aside);
    }
}
