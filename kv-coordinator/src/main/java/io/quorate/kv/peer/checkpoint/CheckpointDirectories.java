package io.quorate.kv.peer.checkpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Directories that live as long as a transfer; what a former process left is deleted. Safe for any thread. */
final class CheckpointDirectories {
    private static final Logger log = LoggerFactory.getLogger(CheckpointDirectories.class);

    private final Path root;
    private final AtomicLong made = new AtomicLong();

    /** @param root belongs to this object alone, with all that is in it */
    CheckpointDirectories(Path root) {
        this.root = root;
        try {
            Files.createDirectories(root);
            try (Stream<Path> left = Files.list(root)) {
                left.toList().forEach(CheckpointDirectories::delete);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A new empty directory. */
    Path make(int group) throws IOException {
        return Files.createDirectory(
                root.resolve("group-" + group + "-" + made.incrementAndGet()));
    }

    long freeBytes() throws IOException {
        return Files.getFileStore(root).getUsableSpace();
    }

    /** Deletes a tree; what cannot be deleted goes when the next process starts. */
    static void delete(Path tree) {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> walk = Files.walk(tree)) {
            List<Path> deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
        } catch (IOException failure) {
            log.warn("checkpoint directory not deleted path={}", tree, failure);
        }
    }
}
