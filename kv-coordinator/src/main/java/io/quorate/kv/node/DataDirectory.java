package io.quorate.kv.node;

import io.quorate.kv.member.Founded;
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
 * incoming/    checkpoints that are being fetched; emptied at start
 * outgoing/    checkpoints that others may fetch; emptied at start
 * </pre>
 *
 * @param path where it is
 * @param meta what it says of itself
 * @param lock that it is held
 */
record DataDirectory(Path path, NodeMeta meta, DirectoryLock lock)
        implements
            AutoCloseable {

    /** Takes the directory for a node, and lays it out if it is new. */
    static DataDirectory take(Path where, String nodeId) throws NodeStartException {
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
            DataDirectory directory = new DataDirectory(path, meta(path, nodeId), lock);
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

    private static NodeMeta meta(Path path, String nodeId)
            throws NodeStartException, IOException {
        Optional<NodeMeta> found = NodeMeta.read(path, nodeId);
        if (found.isPresent()) {
            String owner = found.get().self().nodeId();
            if (!owner.equals(nodeId)) {
                throw new NodeStartFailure.OtherNode(path, owner, nodeId).asException();
            }
            return written(path, found.get().startedOnceMore());
        }
        if (Files.exists(path.resolve("log"))) {
            throw new NodeStartFailure.DirectoryUnusable(path, "it has a log but no meta file")
                    .asException();
        }
        return written(path, NodeMeta.fresh(nodeId).startedOnceMore());
    }

    private static NodeMeta written(Path path, NodeMeta meta) throws IOException {
        meta.write(path);
        return meta;
    }

    /** Writes the cluster down that the directory belongs to from now on. */
    DataDirectory in(Founded cluster) throws NodeStartException {
        try {
            return new DataDirectory(path, written(path, meta.in(cluster)), lock);
        } catch (IOException e) {
            throw new NodeStartFailure.DirectoryUnusable(path, "it cannot be written").causedBy(e);
        }
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

    Path incoming() {
        return path.resolve("incoming");
    }

    Path outgoing() {
        return path.resolve("outgoing");
    }

    Path blobs() {
        return path.resolve("blobs");
    }

    @Override
    public void close() {
        lock.close();
    }
}
