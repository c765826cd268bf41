package io.quorate.kv.blob;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * A copy of a body while it arrives: a file beside the body's name, which gets the name once it is
 * complete, checked and forced. Methods block; one caller at a time.
 */
final class PartFile {
    /** So much is written at most between two forces, so that the last one is short. */
    private static final long FORCE_BYTES = 32L << 20;

    private final BlobFiles files;
    private final UUID id;
    private final FileChannel file;
    private final CRC32C crc32c = new CRC32C();
    private long length;
    private long forced;
    private boolean published;

    PartFile(BlobFiles files, UUID id) throws IOException {
        this.files = files;
        this.id = id;
        this.file = files.createPart(id);
    }

    long length() {
        return length;
    }

    /** Appends the bytes. */
    void write(ByteBuffer bytes) {
        try {
            crc32c.update(bytes.duplicate());
            length += bytes.remaining();
            files.write(file, bytes);
            if (length - forced >= FORCE_BYTES) {
                files.force(file);
                forced = length;
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Whether what arrived is the whole body, unharmed. */
    boolean is(BodyPart.End end) {
        return length == end.length() && (int) crc32c.getValue() == end.crc32c();
    }

    /** Begins anew. */
    void clear() throws IOException {
        file.truncate(0);
        file.position(0);
        crc32c.reset();
        length = 0;
        forced = 0;
    }

    /**
     * Forces the file and gives it its name.
     *
     * @throws IOException if it is not the body that was announced
     */
    void publish(BodyPart.End end) throws IOException {
        if (!is(end)) {
            throw new IOException("a copy of " + id + " arrived damaged: " + length + " bytes of "
                    + end.length());
        }
        files.force(file);
        file.close();
        files.publishPart(id);
        published = true;
    }

    /** Closes the file; an incomplete copy is removed. */
    void close() throws IOException {
        file.close();
        if (!published) {
            files.deletePart(id);
        }
    }
}
