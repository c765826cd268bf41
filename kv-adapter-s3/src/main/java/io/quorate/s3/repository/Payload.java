package io.quorate.s3.repository;

import io.quorate.kv.BlobStore.StoredBlob;
import io.quorate.kv.Value;
import java.util.Optional;

/**
 * The bytes of a body that nothing refers to yet.
 *
 * @param row all of them, if they are to be a row; else none
 * @param file the file that has them, if there is one
 */
public record Payload(Value row, Optional<StoredBlob> file) {
    /** Bytes of a row. */
    public static Payload of(byte[] bytes) {
        return new Payload(Value.of(bytes), Optional.empty());
    }

    /** A file. */
    public static Payload of(StoredBlob file) {
        return new Payload(Value.empty(), Optional.of(file));
    }
}
