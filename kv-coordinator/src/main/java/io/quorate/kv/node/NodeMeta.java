package io.quorate.kv.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * What a data directory says of itself, in the text file {@code meta}: lines of {@code name=value},
 * the last one a checksum of those before it. Written once, atomically.
 *
 * @param format the version of the directory's layout
 * @param cluster the cluster the data belongs to
 * @param node the member that the data makes, whatever its node id
 */
record NodeMeta(int format, UUID cluster, UUID node) {
    /** The newest layout this release reads, and the one it writes. */
    static final int FORMAT = 1;
    private static final String FILE = "meta";
    private static final long MAX_LENGTH = 4_096;

    static NodeMeta fresh() {
        return new NodeMeta(FORMAT, UUID.randomUUID(), UUID.randomUUID());
    }

    /** The meta of a directory; empty if it is new. */
    static Optional<NodeMeta> read(Path directory) throws NodeStartException {
        Path file = directory.resolve(FILE);
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            if (Files.size(file) > MAX_LENGTH) {
                throw damaged(directory);
            }
            return Optional.of(parse(directory, Files.readString(file)));
        } catch (IOException e) {
            throw new NodeStartFailure.DirectoryUnusable(directory,
                    "its meta file cannot be read").causedBy(e);
        }
    }

    /** Makes the meta durable: file, name and directory. */
    void write(Path directory) throws IOException {
        String body = "format=" + format + "\ncluster=" + cluster + "\nnode=" + node + "\n";
        Path temporary = directory.resolve(FILE + ".new");
        try (FileChannel channel = FileChannel.open(temporary, CREATE, WRITE, TRUNCATE_EXISTING)) {
            ByteBuffer bytes = UTF_8.encode(body + "crc32c=" + checksum(body) + "\n");
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

    private static NodeMeta parse(Path directory, String text) throws NodeStartException {
        Map<String, String> lines = new HashMap<>();
        for (String line : text.lines().toList()) {
            int equals = line.indexOf('=');
            lines.put(line.substring(0, Math.max(0, equals)), line.substring(equals + 1));
        }
        try {
            // The version comes first: what follows it may be different in a newer layout.
            int format = Integer.parseInt(lines.getOrDefault("format", ""));
            if (format > FORMAT) {
                throw new NodeStartFailure.NewerFormat(directory, format, FORMAT).asException();
            }
            int end = text.indexOf("crc32c=");
            if (end < 0 || !checksum(text.substring(0, end)).equals(lines.get("crc32c"))) {
                throw damaged(directory);
            }
            return new NodeMeta(format, UUID.fromString(lines.getOrDefault("cluster", "")),
                    UUID.fromString(lines.getOrDefault("node", "")));
        } catch (IllegalArgumentException e) {
            throw damaged(directory);
        }
    }

    private static NodeStartException damaged(Path directory) {
        return new NodeStartFailure.DirectoryUnusable(directory, "its meta file is damaged")
                .asException();
    }

    private static String checksum(String text) {
        CRC32C crc = new CRC32C();
        crc.update(text.getBytes(UTF_8));
        return Long.toHexString(crc.getValue());
    }
}
