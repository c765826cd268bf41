package io.quorate.kv.peer.checkpoint;

import io.quorate.kv.peer.wire.CheckpointChunk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The files of a checkpoint as far as they have arrived. Chunks are taken in order; a damaged one changes nothing, a
 * damaged file starts again. Confined to one thread at a time; {@link #bytes} may be read by any.
 */
final class PartialCheckpoint {
    private final String member;
    private final Manifest manifest;
    private final Path directory;
    private int file;
    private long offset;
    private CRC32C crc = new CRC32C();
    private @Nullable FileChannel channel;
    private final AtomicLong bytes = new AtomicLong();

    PartialCheckpoint(String member, Manifest manifest, Path directory) {
        this.member = member;
        this.manifest = manifest;
        this.directory = directory;
    }

    String member() {
        return member;
    }

    Manifest manifest() {
        return manifest;
    }

    Path directory() {
        return directory;
    }

    /** The file that is wanted next, by its place in the manifest. */
    int file() {
        return file;
    }

    /** Where in that file. */
    long offset() {
        return offset;
    }

    /** Bytes that have arrived undamaged. */
    long bytes() {
        return bytes.get();
    }

    boolean isComplete() {
        return file == manifest.files().size();
    }

    /** Makes files that have no bytes, up to the next that has. */
    void passEmptyFiles() throws IOException {
        while (!isComplete() && manifest.files().get(file).length() == 0) {
            Files.createFile(directory.resolve(manifest.files().get(file).name()));
            file++;
        }
    }

    void take(CheckpointChunk chunk) throws IOException {
        if (isComplete() || chunk.getFile() != file || chunk.getOffset() != offset
                || chunk.getData().isEmpty()
                || chunk.getData().size() > manifest.files().get(file).length() - offset) {
            throw new DamagedChunkException("chunk of file " + chunk.getFile() + " at "
                    + chunk.getOffset() + " came for file " + file + " at " + offset);
        }
        ByteBuffer data = chunk.getData().asReadOnlyByteBuffer();
        CRC32C ofChunk = new CRC32C();
        ofChunk.update(data.duplicate());
        if ((int) ofChunk.getValue() != chunk.getCrc32C()) {
            throw new DamagedChunkException("chunk of file " + file + " at " + offset
                    + " does not have its checksum");
        }
        write(data);
        if (offset == manifest.files().get(file).length()) {
            endFile();
        }
        passEmptyFiles();
    }

    private void write(ByteBuffer data) throws IOException {
        crc.update(data.duplicate());
        int length = data.remaining();
        FileChannel to = open();
        long at = offset;
        while (data.hasRemaining()) {
            at += to.write(data, at);
        }
        offset += length;
        bytes.addAndGet(length);
    }

    private FileChannel open() throws IOException {
        FileChannel present = channel;
        if (present == null) {
            present = FileChannel.open(directory.resolve(manifest.files().get(file).name()),
                    StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            channel = present;
        }
        return present;
    }

    private void endFile() throws IOException {
        Manifest.Entry entry = manifest.files().get(file);
        close();
        boolean whole = (int) crc.getValue() == entry.crc32c();
        crc = new CRC32C();
        offset = 0;
        if (!whole) {
            bytes.addAndGet(-entry.length());
            throw new DamagedChunkException(
                    "file " + entry.name() + " does not have its checksum");
        }
        file++;
    }

    /** Closes the file that is being written; it goes on where it stopped. */
    void close() throws IOException {
        FileChannel present = channel;
        channel = null;
        if (present != null) {
            present.close();
        }
    }
}
