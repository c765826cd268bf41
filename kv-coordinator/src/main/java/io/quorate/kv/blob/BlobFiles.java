package io.quorate.kv.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where body files live, as a seam for fault tests. Methods block; safe for any thread. A full
 * disk is {@link OutOfSpaceException}.
 */
interface BlobFiles {
    /** Creates an empty file and makes its name durable. */
    FileChannel create(UUID id) throws IOException;

    /** Creates an empty file beside the name, for a copy that is not complete; one left over goes. */
    FileChannel createPart(UUID id) throws IOException;

    /**
     * Gives a complete and forced copy its name, durably; it replaces the file that has it. So a
     * copied file that has its name is complete.
     */
    void publishPart(UUID id) throws IOException;

    /** Removes an incomplete copy if there is one. */
    void deletePart(UUID id) throws IOException;

    /** Opens a file to read. */
    FileChannel openToRead(UUID id) throws IOException;

    /** Appends all the bytes. */
    void write(FileChannel file, ByteBuffer bytes) throws IOException;

    /** Makes the file's bytes durable. */
    void force(FileChannel file) throws IOException;

    /** Whether the file is there. */
    boolean exists(UUID id);

    /** Bytes of the file, or -1 if it is not there. */
    long length(UUID id) throws IOException;

    /** Removes the file if it is there. */
    void delete(UUID id) throws IOException;

    /** Up to {@code limit} ids in order, beginning after the given one; null begins at the start. */
    List<UUID> listAfter(@Nullable UUID after, int limit)
            throws IOException;

    /** Where a body's file is. */
    Path path(UUID id);
}
