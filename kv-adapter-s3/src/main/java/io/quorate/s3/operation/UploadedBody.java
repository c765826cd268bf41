package io.quorate.s3.operation;

import io.quorate.s3.model.StoredChecksum;
import java.nio.ByteBuffer;
import java.util.Optional;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The body of an upload, verified by everything that the request says of it. Taken once. */
public interface UploadedBody {
    /** All of it, for small ones. */
    Mono<byte[]> collected();

    /** As it comes. It is right only if the stream completes. */
    Flux<ByteBuffer> streamed();

    /** The checksum the client sent, once the body was taken to its end. */
    Optional<StoredChecksum> checksum();
}
