package io.quorate.s3.model;

import io.quorate.kv.BlobRef;
import java.util.UUID;

/** Where an object's bytes are. */
public sealed interface Body {
    /** Most bytes of a body that is kept as a row. */
    int MAX_ROW_BYTES = 128 * 1024;

    /** How many bytes the object has. */
    long length();

    /**
     * In a row of its own, beside the manifest's.
     *
     * @param id the row's id, another for every version of the object
     * @param length bytes
     */
    record InRow(UUID id, long length) implements Body {}

    /**
     * In a file of the blob store.
     *
     * @param ref names it
     */
    record InFile(BlobRef ref) implements Body {
        @Override
        public long length() {
            return ref.length();
        }
    }

    /**
     * In the parts of a completed upload, which stay where they were.
     *
     * @param upload the upload's id
     * @param numbers which of its parts
     * @param length bytes of all of them
     */
    record InParts(UUID upload, PartNumbers numbers, long length) implements Body {}

    /**
     * Encrypted.
     *
     * @param stored where the encrypted bytes are
     * @param encryption how to read them
     * @param length bytes before they were encrypted
     */
    record Encrypted(Body stored, Encryption encryption, long length) implements Body {}
}
