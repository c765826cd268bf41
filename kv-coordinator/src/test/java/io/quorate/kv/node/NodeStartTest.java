package io.quorate.kv.node;

import static io.quorate.kv.node.RunningNode.key;
import static io.quorate.kv.node.RunningNode.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.quorate.kv.Mutation.Put;
import io.quorate.kv.Transaction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node does when it cannot start, and what a data directory remembers. */
class NodeStartTest {
    @TempDir
    Path directory;

    @Test
    void aDirectoryIsHeldByOneNode() throws Exception {
        try (RunningNode holder = RunningNode.on(directory)) {
            NodeStartException refused = startFails();

            assertThat(holder.node().health().reasonNotReady()).isEmpty();
            assertThat(refused.failure()).isInstanceOf(NodeStartFailure.DirectoryHeld.class);
            assertThat(refused).hasMessageContaining(directory.toString())
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
        }
        RunningNode.on(directory).close();
    }

    @Test
    void aNewerFormatIsRefusedBeforeAnythingElseIsRead() throws Exception {
        RunningNode.on(directory).close();
        Files.writeString(directory.resolve("meta"), "format=3\nwhatever=comes\n");

        NodeStartException refused = startFails();

        assertThat(refused.failure())
                .isEqualTo(new NodeStartFailure.NewerFormat(directory, 3, 2));
        assertThat(refused).hasMessageContaining("format version 3");
    }

    @Test
    void aDamagedMetaFileIsRefused() throws Exception {
        RunningNode.on(directory).close();
        Path meta = directory.resolve("meta");
        Files.writeString(meta, Files.readString(meta).replaceFirst("node=.", "node=x"));

        assertThat(startFails().failure())
                .isInstanceOf(NodeStartFailure.DirectoryUnusable.class);
    }

    @Test
    void aLogWithoutMetaIsNotTakenForANewDirectory() throws Exception {
        RunningNode.on(directory).close();
        Files.delete(directory.resolve("meta"));

        assertThat(startFails().failure())
                .isInstanceOf(NodeStartFailure.DirectoryUnusable.class);
    }

    @Test
    void aFileInPlaceOfTheDirectoryIsRefused() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));

        NodeStartException refused = catchThrowableOfType(NodeStartException.class,
                () -> RunningNode.on(file));

        assertThat(refused.failure()).isInstanceOf(NodeStartFailure.DirectoryUnusable.class);
    }

    @Test
    void damageBelowTheDurableEndOfTheLogIsRefusedWithItsPlace() throws Exception {
        try (RunningNode node = RunningNode.on(directory)) {
            for (int i = 0; i < 100; i++) {
                node.commit(Transaction.of(new Put(key("k" + i), value("v" + i))));
            }
        }
        Path segment = firstSegment();
        byte[] bytes = Files.readAllBytes(segment);
        bytes[2_000] ^= 1;
        Files.write(segment, bytes);

        NodeStartException refused = startFails();

        assertThat(refused.failure()).isInstanceOf(NodeStartFailure.LogUnreadable.class);
        assertThat(refused).hasMessageContaining(segment.getFileName().toString());
        Files.write(segment, flipBack(bytes));
        RunningNode.on(directory).close();
    }

    @Test
    void identityBelongsToTheDirectory() throws Exception {
        UUID member;
        UUID cluster;
        try (RunningNode node = RunningNode.on(directory)) {
            member = node.node().memberId();
            cluster = node.node().clusterId();
        }

        try (RunningNode node = RunningNode.on(directory)) {
            assertThat(node.node().memberId()).isEqualTo(member);
            assertThat(node.node().clusterId()).isEqualTo(cluster);
        }
    }

    private NodeStartException startFails() {
        return catchThrowableOfType(NodeStartException.class, () -> RunningNode.on(directory));
    }

    private Path firstSegment() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("log"))) {
            return files.filter(NodeStartTest::isLarge).sorted().findFirst().orElseThrow();
        }
    }

    private static boolean isLarge(Path file) {
        try {
            return Files.size(file) > 10_000;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] flipBack(byte[] bytes) {
        bytes[2_000] ^= 1;
        return bytes;
    }
}
