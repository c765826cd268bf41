package io.quorate.kv;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Bodies too large for the log, as files. A body is reserved in log time, streamed to a file, made
 * durable (file and directory), and only then referenced by the transaction that publishes it.
 *
 * <p>Methods read the {@link Deadline} from the Reactor Context where they say so and fail with a
 * {@link KvException}. Safe for any thread.
 */
public interface BlobStore {
    /**
     * Streams a body to a new file and makes it durable. The reservation is extended while bytes
     * arrive. If the body fails, is cancelled or is longer than {@code maxLength}, the file is
     * removed and nothing refers to it. Each buffer is read before the next is requested.
     *
     * @param owner a key on the route that will refer to the body
     * @param body the bytes; buffers are consumed, not kept
     * @param maxLength most bytes accepted
     */
    Mono<StoredBlob> write(Key owner, Flux<ByteBuffer> body, long maxLength);

    /**
     * What a transaction needs in order to refer to a stored body: conditions that fail once the
     * reservation has expired, and the mutation that makes the body live.
     */
    Transaction reference(StoredBlob blob);

    /** The mutation that ends a body's life, for the transaction that drops the last reference. */
    Mutation release(BlobRef blob);

    /** Opens a body for reading; the caller closes the channel. Fails with Refused if it is gone. */
    Mono<FileChannel> open(BlobRef blob);

    /** Removes a body that was written but will not be referred to. Never fails: the collector would. */
    Mono<Void> discard(StoredBlob blob);

    /**
     * A durable body that nothing refers to yet.
     *
     * @param ref names it
     * @param reservationVersion the version of its reservation
     * @param expiresAtMillis when the reservation ends, in log time
     */
    record StoredBlob(BlobRef ref, long reservationVersion, long expiresAtMillis) {}
}
