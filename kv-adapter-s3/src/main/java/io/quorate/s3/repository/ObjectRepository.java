package io.quorate.s3.repository;

import io.quorate.kv.AtLeader;
import io.quorate.kv.BlobStore;
import io.quorate.kv.BlobStore.StoredBlob;
import io.quorate.kv.BlobStore.Tap;
import io.quorate.kv.KvException;
import io.quorate.kv.KvFailure;
import io.quorate.kv.RetryId;
import io.quorate.kv.TransactionalKv;
import io.quorate.kv.Value;
import io.quorate.kv.row.RowReader;
import io.quorate.s3.error.S3Error;
import io.quorate.s3.error.S3Exception;
import io.quorate.s3.keyspace.BucketKeyspace;
import io.quorate.s3.model.Body;
import io.quorate.s3.model.Bucket;
import io.quorate.s3.model.Manifest;
import io.quorate.s3.model.ObjectAddress;
import io.quorate.s3.model.OpenObject;
import io.quorate.s3.model.WriteCondition;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Objects in the store. Thread-safe. */
public final class ObjectRepository {
    /** An object that is replaced while it is opened is looked up again this often at most. */
    private static final int MAX_LOOKS = 5;
    /** A file whose holders change while it is published is placed this often at most. */
    private static final int MAX_PLACEMENTS = 4;

    private final TransactionalKv kv;
    private final AtLeader leader;
    private final BlobStore blobs;
    private final BucketRepository buckets;

    /** Registers its handlers; make it before the node starts. */
    public ObjectRepository(TransactionalKv kv, AtLeader leader, BlobStore blobs,
            BucketRepository buckets) {
        this.buckets = buckets;
        this.kv = kv;
        this.leader = leader;
        this.blobs = blobs;
        leader.register(PutObjectCall.NAME, new PutObjectCall(blobs));
        leader.register(DeleteObjectCall.NAME, new DeleteObjectCall(blobs));
    }

    /**
     * Who writes, and under which condition.
     *
     * @param address what
     * @param account whose bucket it must be
     * @param condition what must hold
     * @param retryId if present, a repetition is answered as the first request was
     */
    public record Write(ObjectAddress address, String account, WriteCondition condition,
            Optional<RetryId> retryId) {}

    /** Streams a large body to a file, which nothing refers to yet. */
    public Mono<StoredBlob> store(ObjectAddress address, Flux<ByteBuffer> body, Tap tap) {
        return blobs.write(BucketKeyspace.fence(address.bucket()), body, BlobStore.MAX_LENGTH, tap);
    }

    /** Publishes an object whose body is a row. */
    public Mono<Void> put(Write write, Manifest manifest, Value body) {
        return publish(write, new PutObjectCall.Request(write.address(), write.account(),
                write.condition(), manifest, body, Optional.empty())).flatMap(
                        answer -> switch (answer) {
                            case PutObjectCall.Answer.Stored stored -> Mono.empty();
                            case PutObjectCall.Answer.Refused(var reason) ->
                                Mono.error(failure(reason));
                        });
    }

    /** Publishes an object whose body is a file; a refusal removes the file. */
    public Mono<Void> put(Write write, Manifest manifest, StoredBlob file) {
        return publish(write, manifest, file, 1)
                .onErrorResume(ObjectRepository::isNotStored,
                        refused -> discard(file).then(Mono.error(refused)));
    }

    private Mono<Void> publish(Write write, Manifest manifest, StoredBlob file, int attempt) {
        return publish(write,
                new PutObjectCall.Request(write.address(), write.account(), write.condition(),
                        manifest, Value.empty(), Optional.of(file)))
                .flatMap(answer -> switch (answer) {
                    // An earlier attempt of the same request was: its file is the object's.
                    case PutObjectCall.Answer.Stored(UUID body) ->
                        body.equals(file.ref().id()) ? Mono.empty() : discard(file);
                    case PutObjectCall.Answer.Refused(var reason) ->
                        reason == PutObjectCall.Reason.MISPLACED && attempt < MAX_PLACEMENTS
                                ? blobs.placeAnew(file).flatMap(placed -> publish(write, manifest,
                                        placed, attempt + 1))
                                : Mono.error(failure(reason));
                });
    }

    private Mono<Void> discard(StoredBlob file) {
        return blobs.discard(file).onErrorResume(KvException.class,
                collectedLater -> Mono.empty());
    }

    /** Only an unknown outcome leaves open whether something refers to the file. */
    private static boolean isNotStored(Throwable failure) {
        return failure instanceof S3Exception || (failure instanceof KvException kv
                && !(kv.failure() instanceof KvFailure.OutcomeUnknown));
    }

    private Mono<PutObjectCall.Answer> publish(Write write, PutObjectCall.Request request) {
        return leader.call(BucketKeyspace.fence(write.address().bucket()), PutObjectCall.NAME,
                request.encode(), write.retryId()).map(PutObjectCall.Answer::decode)
                .onErrorMap(failure -> isConflict(write.condition(), failure),
                        conflict -> new S3Exception(S3Error.CONDITIONAL_REQUEST_CONFLICT));
    }

    private static boolean isConflict(WriteCondition condition, Throwable failure) {
        return !(condition instanceof WriteCondition.None) && failure instanceof KvException kv
                && kv.failure() instanceof KvFailure.WriteConflict;
    }

    private static RuntimeException failure(PutObjectCall.Reason reason) {
        return switch (reason) {
            case NO_SUCH_BUCKET -> new S3Exception(S3Error.NO_SUCH_BUCKET);
            case NOT_YOURS -> new S3Exception(S3Error.ACCESS_DENIED);
            case PRECONDITION_FAILED -> new S3Exception(S3Error.PRECONDITION_FAILED);
            case NO_SUCH_KEY -> new S3Exception(S3Error.NO_SUCH_KEY);
            case MISPLACED -> new KvFailure.Overloaded("blob.members").asException();
            case EXPIRED -> new KvFailure.DeadlineExceeded().asException();
        };
    }

    /** The object as it is now, with its bytes ready to be sent. */
    public Mono<OpenObject> open(ObjectAddress address, String account) {
        return bucket(address, account).flatMap(bucket -> look(bucket, address, 1));
    }

    /** Fails if the bucket does not exist or is another account's. */
    public Mono<Void> requireBucket(ObjectAddress address, String account) {
        return bucket(address, account).then();
    }

    /** The object as it is now, without its bytes. */
    public Mono<Manifest> find(ObjectAddress address, String account) {
        return bucket(address, account).flatMap(bucket -> manifest(bucket, address));
    }

    /** Deletes an object; one that does not exist counts as deleted. */
    public Mono<Void> delete(ObjectAddress address, String account, Optional<String> ifMatch,
            Optional<RetryId> retryId) {
        return leader.call(BucketKeyspace.fence(address.bucket()), DeleteObjectCall.NAME,
                new DeleteObjectCall.Request(address, account, ifMatch).encode(), retryId)
                .flatMap(WriteAnswer::result);
    }

    private Mono<Bucket> bucket(ObjectAddress address, String account) {
        return buckets.find(address.bucket(), account);
    }

    private Mono<Manifest> manifest(Bucket bucket, ObjectAddress address) {
        return kv.get(BucketKeyspace.manifest(bucket, address.key())).map(row -> row
                .map(found -> Rows.manifest(new RowReader(found.value(), Rows.VERSION)))
                .orElseThrow(() -> new S3Exception(S3Error.NO_SUCH_KEY).with("Key",
                        address.key())));
    }

    /** The manifest, then the body it names; if that is gone, the object was replaced meanwhile. */
    private Mono<OpenObject> look(Bucket bucket, ObjectAddress address, int looks) {
        return manifest(bucket, address).flatMap(manifest -> {
            Mono<OpenObject> again = looks == MAX_LOOKS
                    ? Mono.error(new KvFailure.WriteConflict().asException())
                    : Mono.defer(() -> look(bucket, address, looks + 1));
            return open(bucket, manifest).switchIfEmpty(again);
        });
    }

    /** Empty if the body is gone. */
    private Mono<OpenObject> open(Bucket bucket, Manifest manifest) {
        return switch (manifest.body()) {
            case Body.InRow(var id, long length) ->
                kv.get(BucketKeyspace.body(bucket, id)).flatMap(Mono::justOrEmpty)
                        .map(row -> new OpenObject.Bytes(manifest, row.value()));
            case Body.InFile(var ref) -> blobs.open(ref)
                    .map(blob -> (OpenObject) new OpenObject.File(manifest, blob))
                    .onErrorResume(ObjectRepository::isGone, gone -> Mono.empty());
        };
    }

    private static boolean isGone(Throwable failure) {
        return failure instanceof KvException kv && kv.failure() instanceof KvFailure.Refused;
    }

}
