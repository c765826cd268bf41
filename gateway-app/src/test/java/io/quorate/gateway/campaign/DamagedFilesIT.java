package io.quorate.gateway.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files of a follower are damaged while it is down, under load. It refuses to start or to answer, or it mends itself; it
 * never answers wrongly; the others go on; and emptied, it joins again with the same command line.
 */
class DamagedFilesIT extends Campaign {
    private static final Logger LOG = LoggerFactory.getLogger(DamagedFilesIT.class);
    private static final int WRITES = 15;
    /** A snapshot is taken, and the state flushed, after 8 MiB of entries. */
    private static final int FLUSHED_MEBIBYTES = 12;

    @Test
    void aFlippedByteBeforeTheEndOfTheLogIsRefusedWithItsPlace() {
        damage(node -> {
            Path segment = fullest(node.data().resolve("log"), ".log");
            flip(segment, endOfRecords(segment) / 2);
        });
    }

    @Test
    @Tag("slow")
    @Timeout(600)
    void aDamagedEndOfTheLogIsCutOffOrRefused() {
        damage(node -> {
            Path segment = fullest(node.data().resolve("log"), ".log");
            flip(segment, endOfRecords(segment) - 3);
        });
    }

    @Test
    @Tag("slow")
    @Timeout(600)
    void aFlippedByteOfATableIsNeverServed() {
        damage(node -> {
            Path table = fullest(node.data().resolve("groups"), ".sst");
            flip(table, sizeOf(table) / 3);
        });
    }

    private interface Damage {
        void beDoneTo(ClusterNode node);
    }

    private void damage(Damage damage) {
        try (MixedLoad load = new MixedLoad(cluster())) {
            load.awaitMoreOfEach(WRITES);
            ClusterNode leader = cluster().awaitLeader();
            ClusterNode follower = cluster().others(leader).getFirst();
            try (KvAppends filler = new KvAppends(leader.peerPort())) {
                filler.fill(FLUSHED_MEBIBYTES);
            }
            await("a table").atMost(ClusterProcesses.PATIENCE)
                    .until(() -> hasFile(follower.data().resolve("groups"), ".sst"));
            follower.process().terminate();
            follower.process().awaitEnd(ClusterProcesses.PATIENCE);
            damage.beDoneTo(follower);
            int printed = follower.printed().length();
            cluster().start(follower);

            awaitReadyOrRefusal(follower, printed);
            load.awaitMoreOfEach(WRITES);
            if (follower.running().isPresent()) {
                load.assertNothingWrong(follower);
                LOG.info("{} runs on after the damage", follower.id());
            } else {
                assertThat(follower.printed().substring(printed)).as("names what is damaged")
                        .containsAnyOf(".log", ".sst", "groups");
                LOG.info("{} refuses to start after the damage", follower.id());
            }
            follower.running().ifPresent(process -> follower.killNine());
            follower.wipe();
            cluster().start(follower);
            cluster().awaitReady();
            load.awaitMoreOfEach(WRITES);
            load.assertNothingLost(follower);
        }
    }

    private static void awaitReadyOrRefusal(ClusterNode node, int printed) {
        await("ready or refused").atMost(ClusterProcesses.PATIENCE)
                .until(() -> node.running().isEmpty()
                        || Probe.of(node, "/healthz/ready", Campaign.PROBE).status() == 200
                        || node.printed().substring(printed).contains("node stopped writing"));
    }

    private static boolean hasFile(Path directory, String suffix) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.anyMatch(file -> file.toString().endsWith(suffix));
        } catch (IOException | UncheckedIOException changing) {
            // Files come and go while it runs; the next look is complete.
            return false;
        }
    }

    private static Path fullest(Path directory, String suffix) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .filter(file -> !file.getFileName().toString().startsWith("spare"))
                    .max(Comparator.comparingLong(DamagedFilesIT::endOfRecords)).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long sizeOf(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** After the last byte that is not of the space reserved ahead. */
    private static long endOfRecords(Path segment) {
        try {
            byte[] bytes = Files.readAllBytes(segment);
            int end = bytes.length;
            while (end > 0 && bytes[end - 1] == 0) {
                end--;
            }
            return end;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void flip(Path file, long offset) {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.seek(offset);
            int old = open.readUnsignedByte();
            open.seek(offset);
            open.write(old ^ 0x10);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        LOG.info("flipped a bit of {} at {} of {}", file, offset, List.of(sizeOf(file)));
    }
}
