package io.quorate.s3.model;

import io.quorate.kv.BlobStore.OpenBlob;
import io.quorate.kv.Value;

/** An object and its bytes. */
public sealed interface OpenObject {
    /** The object. */
    Manifest manifest();

    /** Lets go of the bytes. */
    default void close() {}

    /**
     * Bytes in memory.
     *
     * @param manifest the object
     * @param bytes all of them
     */
    record Bytes(Manifest manifest, Value bytes) implements OpenObject {}

    /**
     * A file.
     *
     * @param manifest the object
     * @param blob the file; whoever gets it closes it
     */
    record File(Manifest manifest, OpenBlob blob) implements OpenObject {
        @Override
        public void close() {
            blob.close();
        }
    }
}
