package io.quorate.kv.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import io.quorate.kv.member.Founded;
import io.quorate.kv.raft.hazelcast.wire.RaftMember;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/**
 * What a data directory says of itself, in the text file {@code meta} ({@link MetaText}). Replaced
 * atomically.
 *
 * @param format the version of the directory's layout
 * @param self the member that the data makes
 * @param starts how often a process was started on it
 * @param founded the cluster it belongs to; empty until it has founded or joined one
 */
record NodeMeta(int format, RaftMember self, long starts, Optional<Founded> founded) {
    /**
     * The newest layout this release reads, and the one it writes. 1: one member, without its name. 2:
     * members of clusters.
     */
    static final int FORMAT = 2;
    private static final String FILE = "meta";
    private static final long MAX_LENGTH = 16_384;

    /** The meta of a new directory. */
    static NodeMeta fresh(String nodeId) {
        return new NodeMeta(FORMAT, new RaftMember(UUID.randomUUID(), nodeId), 0,
                Optional.empty());
    }

    NodeMeta startedOnceMore() {
        return new NodeMeta(FORMAT, self, starts + 1, founded);
    }

    NodeMeta in(Founded cluster) {
        return new NodeMeta(FORMAT, self, starts, Optional.of(cluster));
    }

    /**
     * The meta of a directory; empty if it is new.
     *
     * @param nodeId the name of a member whose directory does not say it
     */
    static Optional<NodeMeta> read(Path directory, String nodeId) throws NodeStartException {
        Path file = directory.resolve(FILE);
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            if (Files.size(file) > MAX_LENGTH) {
                throw damaged(directory).asException();
            }
            String text = Files.readString(file);
            // The version comes first: what follows it may be different in a newer layout.
            int format = MetaText.format(text);
            if (format > FORMAT) {
                throw new NodeStartFailure.NewerFormat(directory, format, FORMAT).asException();
            }
            return Optional.of(MetaText.parse(text, nodeId));
        } catch (IllegalArgumentException e) {
            throw damaged(directory).causedBy(e);
        } catch (IOException e) {
            throw new NodeStartFailure.DirectoryUnusable(directory,
                    "its meta file cannot be read").causedBy(e);
        }
    }

    /** Makes the meta durable: file, name and directory. */
    void write(Path directory) throws IOException {
        Path temporary = directory.resolve(FILE + ".new");
        try (FileChannel channel = FileChannel.open(temporary, CREATE, WRITE, TRUNCATE_EXISTING)) {
            ByteBuffer bytes = UTF_8.encode(MetaText.of(this));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(temporary, directory.resolve(FILE), ATOMIC_MOVE);
        try (FileChannel channel = FileChannel.open(directory, READ)) {
            channel.force(true);
        }
    }

    private static NodeStartFailure damaged(Path directory) {
        return new NodeStartFailure.DirectoryUnusable(directory, "its meta file is damaged");
    }
}
