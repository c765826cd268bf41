package io.quorate.kv;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Bodies too large for the log, as files. A body is reserved in log time, streamed to a file, made
 * durable (file and directory), and only then referenced by the transaction that publishes it.
 *
 * <p>Safe for any thread. Methods that return publishers fail with a {@link KvException}.
 */
public interface BlobStore {
    /** Most bytes of one body: the 5 GiB of a single upload. */
    long MAX_LENGTH = 5L << 30;

    /**
     * Streams a body to a new file on every member of the group that will refer to it, and makes it
     * durable on a quorum of them. The reservation is extended while bytes
     * arrive, so a slow body needs no deadline of its own here: the caller bounds the time without
     * progress. If the body fails, is cancelled or is longer than allowed, the file is removed and
     * nothing refers to it.
     *
     * <p>Each buffer is read before {@code onNext} returns and is not kept; more are requested only
     * when there is room, so a slow disk holds back the sender.
     *
     * @param owner a key on the route that will refer to the body
     * @param body the bytes
     * @param maxLength most bytes accepted; beyond, the write fails with {@link KvFailure.Refused}
     * @param tap sees every byte in order, on a thread of the store, before the result is emitted
     */
    Mono<StoredBlob> write(Key owner, Flux<ByteBuffer> body, long maxLength, Tap tap);

    /**
     * What a transaction needs in order to refer to a stored body, decided at the leader of the body's
     * group: conditions that fail once the reservation has expired or is gone, or the members that hold
     * bodies have changed, and the mutation that makes the body live.
     */
    Reference reference(LeaderView view, StoredBlob blob);

    /**
     * Copies a body that was {@link Reference.Misplaced} to those who hold bodies now. Asked on the node
     * that wrote it. The result refers to the same body.
     */
    Mono<StoredBlob> placeAnew(StoredBlob blob);

    /** The mutation that ends a body's life, for the transaction that drops the last reference. */
    Mutation release(BlobRef blob);

    /**
     * Opens a body for reading, on any node; the caller closes it. One that is not on this node is
     * fetched first, within the {@link Deadline} in the Reactor Context. A body that is released meanwhile stays as
     * long as somebody has it open. Fails with {@link KvFailure.Refused} if it is gone.
     */
    Mono<OpenBlob> open(BlobRef blob);

    /**
     * Removes a body that was written but will not be referred to. Only for a body whose
     * transaction is known not to have committed; after an unknown outcome leave it to the
     * collector.
     */
    Mono<Void> discard(StoredBlob blob);

    /** Whether a transaction may refer to a body. */
    sealed interface Reference {
        /**
         * It may.
         *
         * @param transaction what it needs
         */
        record Granted(Transaction transaction) implements Reference {}

        /** The members that hold bodies have changed since it was written: place it anew, and retry. */
        record Misplaced() implements Reference {}

        /** Its reservation has ended or is gone: it has to be written again. */
        record Expired() implements Reference {}
    }

    /** A body that will not be removed before this is closed. */
    interface OpenBlob extends AutoCloseable {
        /** The file that holds exactly the body's bytes. */
        Path path();

        /** Lets go of the body; idempotent, never blocks. */
        @Override
        void close();
    }

    /** Sees the bytes of a body as they are stored, to compute digests off the event loop. */
    @FunctionalInterface
    interface Tap {
        /** A tap that looks at nothing. */
        Tap NONE = bytes -> {};

        /** The next bytes; consumed or not, the buffer is not to be kept. */
        void accept(ByteBuffer bytes);
    }

    /**
     * A durable body that nothing refers to yet.
     *
     * @param ref names it
     * @param reservationVersion the version of its reservation
     * @param expiresAtMillis when the reservation ends, in log time
     * @param configuration of the members that hold bodies, when it was written
     * @param holders node ids of a majority of them, which have it durably
     */
    record StoredBlob(BlobRef ref, long reservationVersion, long expiresAtMillis,
            long configuration, List<String> holders) {
        public StoredBlob {
            holders = List.copyOf(holders);
        }
    }
}
