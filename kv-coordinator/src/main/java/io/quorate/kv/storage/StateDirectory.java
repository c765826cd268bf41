package io.quorate.kv.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A group's directory: databases {@code state-N}, and a file {@code CURRENT} that names the one in
 * force. Replacing that file is the moment at which a restore happens; whatever it does not name is
 * left over from a restore and is deleted at the next open.
 */
final class StateDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(StateDirectory.class);
    private static final String CURRENT = "CURRENT";
    private static final String PREFIX = "state-";

    private final Path root;

    private StateDirectory(Path root) {
        this.root = root;
    }

    /** Opens the directory, which is made if it does not exist, and removes what is left over. */
    static StateDirectory open(Path root) throws IOException {
        Files.createDirectories(root);
        StateDirectory directory = new StateDirectory(root);
        if (!Files.exists(root.resolve(CURRENT))) {
            directory.makeCurrent(1);
        }
        directory.deleteLeftovers();
        return directory;
    }

    /** The database in force. */
    Path current() throws IOException {
        return root.resolve(PREFIX + currentNumber());
    }

    /**
     * Takes in a checkpoint as the next database, by moving it where possible, and makes its files
     * durable. It is not in force yet.
     */
    Path adopt(Path checkpoint) throws IOException {
        Path next = root.resolve(PREFIX + (currentNumber() + 1));
        deleteTree(next);
        try {
            Files.move(checkpoint, next, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException otherFileSystem) {
            copyFlat(checkpoint, next);
        }
        for (Path file : list(next)) {
            force(file);
        }
        force(next);
        return next;
    }

    /** Puts the adopted database in force, durably. */
    void switchToAdopted() throws IOException {
        makeCurrent(currentNumber() + 1);
    }

    /** Deletes a database that is closed and not in force; what cannot be deleted goes at next open. */
    static void deleteQuietly(Path database) {
        try {
            deleteTree(database);
        } catch (IOException failure) {
            LOG.warn("old state not deleted yet path={}", database, failure);
        }
    }

    private int currentNumber() throws IOException {
        String name = Files.readString(root.resolve(CURRENT), StandardCharsets.US_ASCII).strip();
        try {
            return Integer.parseInt(name.substring(PREFIX.length()));
        } catch (IndexOutOfBoundsException | NumberFormatException damaged) {
            throw new IOException("damaged " + root.resolve(CURRENT), damaged);
        }
    }

    private void makeCurrent(int number) throws IOException {
        Path written = root.resolve(CURRENT + ".new");
        Files.writeString(written, PREFIX + number + "\n", StandardCharsets.US_ASCII);
        force(written);
        Files.move(written, root.resolve(CURRENT), StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        force(root);
    }

    private void deleteLeftovers() throws IOException {
        Path current = current();
        for (Path entry : list(root)) {
            if (Files.isDirectory(entry) && !entry.equals(current)
                    && entry.getFileName().toString().startsWith(PREFIX)) {
                deleteTree(entry);
            }
        }
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.toList();
        }
    }

    private static void copyFlat(Path from, Path to) throws IOException {
        Files.createDirectory(to);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(from)) {
            for (Path file : files) {
                Files.copy(file, to.resolve(file.getFileName().toString()));
            }
        }
    }

    private static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void deleteTree(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
