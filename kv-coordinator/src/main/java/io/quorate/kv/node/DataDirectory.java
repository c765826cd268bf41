package io.quorate.kv.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A node's directory, held by this process until it is closed:
 *
 * <pre>
 * lock         held while a process uses the directory
 * meta         format version, cluster and member
 * ballast      room to work with when the disk is full
 * log/         the Raft log of all groups
 * groups/N/    the state of group N
 * blobs/       large bodies
 * </pre>
 *
 * @param path where it is
 * @param meta what it says of itself
 * @param lock that it is held
 */
record DataDirectory(Path path, NodeMeta meta, DirectoryLock lock)
        implements
            AutoCloseable {

    /** Takes the directory, which is laid out if it is new. */
    static DataDirectory take(Path where) throws NodeStartException {
        Path path = where.toAbsolutePath().normalize();
        try {
            Files.createDirectories(path);
        } catch (IOException e) {
            throw new NodeStartFailure.DirectoryUnusable(path, "it cannot be created")
                    .causedBy(e);
        }
        DirectoryLock lock = DirectoryLock.acquire(path);
        boolean taken = false;
        try {
            DataDirectory directory = new DataDirectory(path, meta(path), lock);
            taken = true;
            return directory;
        } catch (IOException e) {
            throw new NodeStartFailure.DirectoryUnusable(path, "it cannot be written").causedBy(e);
        } finally {
            if (!taken) {
                lock.close();
            }
        }
    }

    private static NodeMeta meta(Path path) throws NodeStartException, IOException {
        Optional<NodeMeta> found = NodeMeta.read(path);
        if (found.isPresent()) {
            return found.get();
        }
        if (Files.exists(path.resolve("log"))) {
            throw new NodeStartFailure.DirectoryUnusable(path, "it has a log but no meta file")
                    .asException();
        }
        NodeMeta fresh = NodeMeta.fresh();
        fresh.write(path);
        return fresh;
    }

    Path ballast() {
        return path.resolve("ballast");
    }

    Path log() {
        return path.resolve("log");
    }

    Path group(int groupId) {
        return path.resolve("groups").resolve(String.valueOf(groupId));
    }

    Path blobs() {
        return path.resolve("blobs");
    }

    @Override
    public void close() {
        lock.close();
    }
}
