package io.quorate.s3.operation;

import io.quorate.aws.checksum.Checksum;
import io.quorate.aws.checksum.ChecksumAlgorithm;
import io.quorate.kv.BlobStore;
import io.quorate.kv.Deadline;
import io.quorate.kv.DeadlineOrigin;
import io.quorate.s3.model.Body;
import io.quorate.s3.model.ObjectAddress;
import io.quorate.s3.model.StoredChecksum;
import io.quorate.s3.repository.ObjectRepository;
import io.quorate.s3.repository.Payload;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * Takes bodies in: a small one becomes a row of the publishing transaction, a large one a file that it
 * refers to. Nothing refers to either before the body was verified to its end. Thread-safe.
 */
public final class BodyIntake {
    /** A body may take as long as it makes progress; the commit after it gets this long again. */
    private static final Duration COMMIT_TIMEOUT = Duration.ofSeconds(30);
    /** The longest a body may stay without a byte. */
    private static final Duration PROGRESS_TIMEOUT = Duration.ofSeconds(30);

    private final ObjectRepository objects;
    private final Supplier<UUID> ids;

    /** @param ids names bodies */
    public BodyIntake(ObjectRepository objects, Supplier<UUID> ids) {
        this.objects = objects;
        this.ids = ids;
    }

    /**
     * A body that was taken.
     *
     * @param body where it will be
     * @param md5 lower-case hex
     * @param checksum the one the client sent, else the one that was wanted
     * @param payload its bytes
     */
    record Taken(Body body, String md5, Optional<StoredChecksum> checksum, Payload payload) {}

    /**
     * What to take.
     *
     * @param address the object
     * @param length the body's length in bytes
     * @param wanted the checksum to compute if the client sends none
     */
    record Demand(ObjectAddress address, long length, Optional<ChecksumAlgorithm> wanted) {}

    /**
     * Takes the body and publishes it.
     *
     * @param ready completes if there is a point in sending a large body at all
     * @param publish hears of the body, with a deadline that begins anew after its last byte
     */
    <T> Mono<T> take(Demand demand, UploadedBody body, Mono<Void> ready,
            Function<Taken, Mono<T>> publish) {
        return demand.length() <= Body.MAX_ROW_BYTES
                ? small(demand, body, publish)
                : large(demand, body, ready, publish);
    }

    private <T> Mono<T> small(Demand demand, UploadedBody body,
            Function<Taken, Mono<T>> publish) {
        return body.collected().flatMap(bytes -> {
            Digests digests = new Digests(demand.wanted());
            digests.update(ByteBuffer.wrap(bytes));
            return publish.apply(
                    digests.taken(new Body.InRow(ids.get(), bytes.length), body,
                            Payload.of(bytes)));
        });
    }

    private <T> Mono<T> large(Demand demand, UploadedBody body, Mono<Void> ready,
            Function<Taken, Mono<T>> publish) {
        Digests digests = new Digests(demand.wanted());
        Mono<BlobStore.StoredBlob> stored = objects.store(demand.address(),
                body.streamed().timeout(PROGRESS_TIMEOUT), digests::update);
        return Mono.deferContextual(context -> ready.then(stored)
                .flatMap(file -> publish
                        .apply(digests.taken(new Body.InFile(file.ref()), body, Payload.of(file)))
                        .contextWrite(afterLastByte(context)::into)));
    }

    /** A deadline of the caller's own stays; a default one begins anew after the last byte. */
    private static Deadline afterLastByte(ContextView context) {
        return DeadlineOrigin.of(context) == DeadlineOrigin.DEFAULT
                ? Deadline.after(COMMIT_TIMEOUT)
                : Deadline.of(context);
    }

    /** What is computed on the way; one use, not thread-safe. */
    private static final class Digests {
        private final Checksum md5 = ChecksumAlgorithm.MD5.newChecksum();
        private final Optional<ChecksumAlgorithm> wanted;
        private final Optional<Checksum> sum;

        Digests(Optional<ChecksumAlgorithm> wanted) {
            this.wanted = wanted;
            this.sum = wanted.map(ChecksumAlgorithm::newChecksum);
        }

        void update(ByteBuffer bytes) {
            sum.ifPresent(checksum -> checksum.update(bytes.duplicate()));
            md5.update(bytes);
        }

        Taken taken(Body where, UploadedBody body, Payload payload) {
            Optional<StoredChecksum> computed = wanted
                    .map(algorithm -> new StoredChecksum(algorithm.header(), Base64.getEncoder()
                            .encodeToString(sum.orElseThrow().digest())));
            return new Taken(where, HexFormat.of().formatHex(md5.digest()),
                    body.checksum().or(() -> computed), payload);
        }
    }
}
