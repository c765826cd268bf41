package io.quorate.kv.peer.checkpoint;

import io.quorate.kv.raft.hazelcast.CheckpointMark;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/** Reads a checkpoint's files once, to be able to say what they are. Blocks on the disk. */
final class ManifestScan {
    private static final int BUFFER_BYTES = 256 << 10;

    private ManifestScan() {}

    static Manifest scan(Path directory, CheckpointMark mark) throws IOException {
        List<Path> files;
        try (Stream<Path> list = Files.list(directory)) {
            files = list.sorted().toList();
        }
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
        List<Manifest.Entry> entries = new ArrayList<>();
        for (Path file : files) {
            entries.add(scan(file, buffer));
        }
        return new Manifest(UUID.randomUUID(), mark, entries);
    }

    private static Manifest.Entry scan(Path file, ByteBuffer buffer) throws IOException {
        CRC32C crc = new CRC32C();
        long length = 0;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (channel.read(buffer.clear()) >= 0) {
                length += buffer.flip().remaining();
                crc.update(buffer);
            }
        }
        return new Manifest.Entry(file.getFileName().toString(), length, (int) crc.getValue());
    }
}
