package io.quorate.kv.blob;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Body files in 256 directories named by the first byte of their ids. */
final class DirectoryBlobFiles implements BlobFiles {
    /** With less than this left, a failed write is taken for a full disk. */
    private static final long RESERVE_BYTES = 1024 * 1024;
    private static final Pattern DIRECTORY = Pattern.compile("[0-9a-f]{2}");
    private static final Pattern FILE = Pattern
            .compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private static final String PART = ".part";
    private static final Pattern PART_FILE = Pattern.compile(FILE.pattern() + "\\.part");

    private final Path root;

    /** Opens the directory; copies that were left incomplete are removed. */
    DirectoryBlobFiles(Path root) throws IOException {
        this.root = Files.createDirectories(root);
        for (String directory : names(root, DIRECTORY)) {
            for (String name : names(root.resolve(directory), PART_FILE)) {
                Files.deleteIfExists(root.resolve(directory).resolve(name));
            }
        }
    }

    @Override
    public FileChannel create(UUID id) throws IOException {
        Path path = path(id);
        Path directory = directoryOf(path);
        FileChannel channel = FileChannel.open(path, CREATE_NEW, WRITE);
        try {
            forceDirectory(directory);
            return channel;
        } catch (IOException failed) {
            channel.close();
            Files.deleteIfExists(path);
            throw failed;
        }
    }

    @Override
    public FileChannel createPart(UUID id) throws IOException {
        Path path = part(id);
        directoryOf(path);
        return FileChannel.open(path, CREATE, TRUNCATE_EXISTING, WRITE);
    }

    @Override
    public void publishPart(UUID id) throws IOException {
        Path path = path(id);
        Files.move(part(id), path, StandardCopyOption.ATOMIC_MOVE);
        forceDirectory(requireNonNull(path.getParent()));
    }

    @Override
    public void deletePart(UUID id) throws IOException {
        Files.deleteIfExists(part(id));
    }

    @Override
    public FileChannel openToRead(UUID id) throws IOException {
        return FileChannel.open(path(id), READ);
    }

    @Override
    public long length(UUID id) throws IOException {
        try {
            return Files.size(path(id));
        } catch (NoSuchFileException gone) {
            return -1;
        }
    }

    /** The directory of a file, durably there. */
    private Path directoryOf(Path path) throws IOException {
        Path directory = requireNonNull(path.getParent());
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory);
            forceDirectory(root);
        }
        return directory;
    }

    private Path part(UUID id) {
        Path path = path(id);
        return path.resolveSibling(path.getFileName() + PART);
    }

    @Override
    public void write(FileChannel file, ByteBuffer bytes) throws IOException {
        try {
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        } catch (IOException failed) {
            throw freeBytes() < RESERVE_BYTES ? new OutOfSpaceException(failed) : failed;
        }
    }

    /** The JDK has no type for a full disk, so what is left on it tells. */
    private long freeBytes() throws IOException {
        return Files.getFileStore(root).getUsableSpace();
    }

    @Override
    public void force(FileChannel file) throws IOException {
        file.force(false);
    }

    @Override
    public boolean exists(UUID id) {
        return Files.isRegularFile(path(id));
    }

    @Override
    public void delete(UUID id) throws IOException {
        Files.deleteIfExists(path(id));
    }

    @Override
    public List<UUID> listAfter(@Nullable UUID after, int limit) throws IOException {
        String cursor = after == null ? "" : after.toString();
        List<UUID> found = new ArrayList<>();
        for (String directory : names(root, DIRECTORY)) {
            if (after != null && directory.compareTo(cursor.substring(0, 2)) < 0) {
                continue;
            }
            for (String name : names(root.resolve(directory), FILE)) {
                if (name.compareTo(cursor) > 0) {
                    found.add(UUID.fromString(name));
                }
                if (found.size() == limit) {
                    return found;
                }
            }
        }
        return found;
    }

    @Override
    public Path path(UUID id) {
        String name = id.toString();
        return root.resolve(name.substring(0, 2)).resolve(name);
    }

    /** Sorted names that are ours; what somebody else put here is left alone. */
    private static List<String> names(Path directory, Pattern ours) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(Path::getFileName).map(Path::toString)
                    .filter(ours.asMatchPredicate()).sorted().toList();
        }
    }

    private static void forceDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, READ)) {
            channel.force(true);
        }
    }
}
