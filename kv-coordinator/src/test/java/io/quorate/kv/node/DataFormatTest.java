package io.quorate.kv.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Data directories as earlier releases left them are opened by this one. Each format's is kept for ever; a new format
 * adds one, made by {@link #main}.
 */
class DataFormatTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"data-2"})
    void aDirectoryOfThisFormatIsOpenedWithAllThatIsInIt(String format) throws Exception {
        unpack("/format/" + format + ".zip", directory);
        assertThat(files(directory, "log", "segment-")).as("segments of the log").isNotEmpty();
        assertThat(files(directory, "groups", ".sst")).as("tables of the state").isNotEmpty();
        assertThat(directory.resolve("meta")).content().contains("format=" + format.substring(5));

        try (RunningNode node = RunningNode.on(directory)) {
            FormatSample.assertIsIn(node.node());
        }
        try (RunningNode again = RunningNode.on(directory)) {
            FormatSample.assertIsIn(again.node());
        }
    }

    @Test
    void whatThisReleaseWritesItReads() throws Exception {
        try (RunningNode node = RunningNode.on(directory)) {
            FormatSample.begin(node.node());
            FormatSample.end(node.node());
        }

        try (RunningNode again = RunningNode.on(directory)) {
            FormatSample.assertIsIn(again.node());
        }
    }

    private static List<Path> files(Path data, String room, String part) throws IOException {
        try (Stream<Path> all = Files.walk(data.resolve(room))) {
            return all.filter(file -> file.getFileName().toString().contains(part)).toList();
        }
    }

    private static void unpack(String resource, Path into) throws IOException {
        try (InputStream in = Objects
                .requireNonNull(DataFormatTest.class.getResourceAsStream(resource), resource);
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = into.resolve(entry.getName()).normalize();
                assertThat(file).startsWithRaw(into);
                Files.createDirectories(Objects.requireNonNull(file.getParent()));
                Files.copy(zip, file);
            }
        }
    }

    /**
     * Writes the sample into a new directory and packs it as a kill would leave it: the first half in the tables, the
     * second in the log alone.
     *
     * @param arguments an empty directory and the archive to write
     */
    public static void main(String[] arguments) throws Exception {
        Path data = Path.of(arguments[0]);
        try (RunningNode node = RunningNode.on(tiny(data), NodeSeams.system())) {
            FormatSample.begin(node.node());
            Awaitility.await("tables").atMost(PATIENCE)
                    .until(() -> !files(data, "groups", ".sst").isEmpty());
        }
        try (RunningNode node = RunningNode.on(tiny(data), NodeSeams.system());
                ZipOutputStream zip = new ZipOutputStream(
                        Files.newOutputStream(Path.of(arguments[1])));
                Stream<Path> files = Files.walk(data)) {
            FormatSample.end(node.node());
            files.filter(Files::isRegularFile).filter(DataFormatTest::isKept).sorted()
                    .forEach(file -> pack(zip, data, file));
        }
    }

    /** The log wants its first entries to be in tables soon. */
    private static NodeSettings tiny(Path data) {
        NodeSettings settings = RunningNode.settings(data);
        NodeSettings.Disk disk = settings.disk();
        return new NodeSettings(data, settings.nodeId(), settings.threads(),
                new NodeSettings.Disk(disk.marks(),
                        disk.log().withSegments(8 << 10, 64 << 10).withRetention(0),
                        disk.storage(), disk.blobs()),
                settings.history());
    }

    /** What RocksDB says about itself and its machine is nothing that it reads. */
    private static boolean isKept(Path file) {
        String name = file.getFileName().toString();
        return !name.equalsIgnoreCase("lock") && !name.startsWith("LOG")
                && !name.startsWith("OPTIONS");
    }

    private static void pack(ZipOutputStream zip, Path root, Path file) {
        try {
            zip.putNextEntry(new ZipEntry(root.relativize(file).toString()));
            Files.copy(file, zip);
            zip.closeEntry();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
