package io.quorate.s3.model;

import io.quorate.kv.BlobStore.OpenBlob;
import io.quorate.kv.Value;
import java.util.List;
import java.util.function.Function;
import reactor.core.publisher.Mono;

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
     * Parts, each opened when its turn comes.
     *
     * @param manifest the object
     * @param parts all of them, in order
     * @param opener opens one; empty if it is gone
     */
    record Parts(Manifest manifest, List<Part> parts, Function<Part, Mono<OpenObject>> opener)
            implements
                OpenObject {
        public Parts {
            parts = List.copyOf(parts);
        }
    }

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
