package io.quorate.gateway.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All nodes are killed at once, and what RocksDB had not forced is cut off its files, as a loss of power may do. The log
 * is tried the same way in memory, where its overwritten sectors can be lost too.
 */
@Tag("slow")
class PowerCutIT extends Campaign {
    private static final Logger LOG = LoggerFactory.getLogger(PowerCutIT.class);
    private static final int ROUNDS = 5;
    private static final int WRITES = 30;
    /** A snapshot is taken, and the state flushed, after 8 MiB of entries. */
    private static final int FLUSHED_MEBIBYTES = 12;

    @Override
    Map<String, String> environment(String nodeId) {
        return Map.of("LD_PRELOAD", shim().toString(), "FORCED_JOURNAL",
                journal(nodeId).toString());
    }

    @Test
    @Timeout(600)
    void nothingAcknowledgedIsLostWithWhatRocksDbHadNotForced() throws IOException {
        long cut = 0;
        try (MixedLoad load = new MixedLoad(cluster())) {
            for (int round = 0; round < ROUNDS; round++) {
                load.awaitMoreOfEach(WRITES);
                // Flushed while the load goes on, and killed in the middle of that or after it.
                try (KvAppends filler = new KvAppends(cluster().awaitLeader().peerPort())) {
                    filler.fill(FLUSHED_MEBIBYTES);
                }
                cluster().nodes().forEach(ClusterNode::killNine);
                for (ClusterNode node : cluster().nodes()) {
                    cut += cutUnforced(node);
                }
                cluster().nodes().forEach(cluster()::start);
                cluster().awaitReady();
            }
            load.awaitMoreOfEach(WRITES);
            for (ClusterNode node : cluster().nodes()) {
                load.assertNothingWrong(node);
            }
            load.assertNothingLost(cluster().awaitLeader());
        }
        LOG.info("bytes cut off {}", cut);
        assertThat(cut).as("bytes that were not forced").isPositive();
    }

    private Path journal(String nodeId) {
        return data.resolve(nodeId + ".forced").toAbsolutePath();
    }

    /** Cuts every file of the node's state to the length it was last forced with; says how many bytes that took. */
    private long cutUnforced(ClusterNode node) throws IOException {
        Map<Long, Long> forced = new HashMap<>();
        for (String line : Files.readAllLines(journal(node.id()))) {
            String[] words = line.split(" ", 2);
            forced.put(Long.parseLong(words[0]), Long.parseLong(words[1]));
        }
        assertThat(forced).as("forces seen of %s", node.id()).isNotEmpty();
        long cut = 0;
        try (Stream<Path> files = Files.walk(node.data().resolve("groups"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                long inode = ((Number) Objects.requireNonNull(
                        Files.getAttribute(file, "unix:ino"))).longValue();
                long kept = forced.getOrDefault(inode, 0L);
                cut += Math.max(0, Files.size(file) - kept);
                try (FileChannel open = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    open.truncate(kept);
                }
            }
        }
        return cut;
    }

    /** The library, compiled anew. */
    private Path shim() {
        Path source = data.resolve("forced.c");
        Path library = data.resolve("forced.so").toAbsolutePath();
        if (Files.exists(library)) {
            return library;
        }
        try (InputStream text = Objects.requireNonNull(
                PowerCutIT.class.getResourceAsStream("/campaign/forced.c"))) {
            Files.copy(text, source);
            Process compiler = new ProcessBuilder(List.of("cc", "-shared", "-fPIC", "-O1", "-o",
                    library.toString(), source.toString(), "-ldl")).inheritIO().start();
            assertThat(compiler.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(compiler.exitValue()).isZero();
        } catch (IOException noCompiler) {
            assumeTrue(false, "no C compiler: " + noCompiler.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
        return library;
    }
}
