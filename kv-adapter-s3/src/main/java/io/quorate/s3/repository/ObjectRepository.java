package io.quorate.s3.repository;

import io.quorate.kv.AtLeader;
import io.quorate.kv.BlobStore;
import io.quorate.kv.BlobStore.StoredBlob;
import io.quorate.kv.BlobStore.Tap;
import io.quorate.kv.Key;
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
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Objects in the store. Thread-safe. */
public final class ObjectRepository {
    /** An object that is replaced while it is opened is looked up again this often at most. */
    private static final int MAX_LOOKS = 5;

    private final TransactionalKv kv;
    private final AtLeader leader;
    private final BlobStore blobs;

    /** Registers its handler; make it before the node starts. */
    public ObjectRepository(TransactionalKv kv, AtLeader leader, BlobStore blobs) {
        this.kv = kv;
        this.leader = leader;
        this.blobs = blobs;
        leader.register(PutObjectCall.NAME, new PutObjectCall(blobs));
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
                write.condition(), manifest, body, Optional.empty()));
    }

    /** Publishes an object whose body is a file; a refusal removes the file. */
    public Mono<Void> put(Write write, Manifest manifest, StoredBlob file) {
        return publish(write,
                new PutObjectCall.Request(write.address(), write.account(), write.condition(),
                        manifest, Value.empty(), Optional.of(file)))
                .onErrorResume(ObjectRepository::isNotStored,
                        refused -> blobs.discard(file)
                                .onErrorResume(KvException.class, collectedLater -> Mono.empty())
                                .then(Mono.error(refused)));
    }

    /** Only an unknown outcome leaves open whether something refers to the file. */
    private static boolean isNotStored(Throwable failure) {
        return failure instanceof S3Exception || (failure instanceof KvException kv
                && !(kv.failure() instanceof KvFailure.OutcomeUnknown));
    }

    private Mono<Void> publish(Write write, PutObjectCall.Request request) {
        return leader.call(BucketKeyspace.fence(write.address().bucket()), PutObjectCall.NAME,
                request.encode(), write.retryId()).map(PutObjectCall.Answer::decode)
                .flatMap(ObjectRepository::resultOf)
                .onErrorMap(failure -> isConflict(write.condition(), failure),
                        conflict -> new S3Exception(S3Error.CONDITIONAL_REQUEST_CONFLICT));
    }

    private static boolean isConflict(WriteCondition condition, Throwable failure) {
        return !(condition instanceof WriteCondition.None) && failure instanceof KvException kv
                && kv.failure() instanceof KvFailure.WriteConflict;
    }

    private static Mono<Void> resultOf(PutObjectCall.Answer answer) {
        return switch (answer) {
            case STORED -> Mono.empty();
            case NO_SUCH_BUCKET -> Mono.error(new S3Exception(S3Error.NO_SUCH_BUCKET));
            case NOT_YOURS -> Mono.error(new S3Exception(S3Error.ACCESS_DENIED));
            case PRECONDITION_FAILED -> Mono.error(new S3Exception(S3Error.PRECONDITION_FAILED));
            case NO_SUCH_KEY -> Mono.error(new S3Exception(S3Error.NO_SUCH_KEY));
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

    private Mono<Bucket> bucket(ObjectAddress address, String account) {
        return kv.get(BucketKeyspace.fence(address.bucket())).map(row -> {
            Bucket bucket = row.map(found -> Rows.bucket(found.value()))
                    .orElseThrow(() -> new S3Exception(S3Error.NO_SUCH_BUCKET));
            if (!bucket.account().equals(account)) {
                throw new S3Exception(S3Error.ACCESS_DENIED);
            }
            return bucket;
        });
    }

    /** The manifest, then the body it names; if that is gone, the object was replaced meanwhile. */
    private Mono<OpenObject> look(Bucket bucket, ObjectAddress address, int looks) {
        Key key = BucketKeyspace.manifest(bucket, address.key());
        return kv.get(key).flatMap(row -> {
            Manifest manifest = row
                    .map(found -> Rows.manifest(new RowReader(found.value(), Rows.VERSION)))
                    .orElseThrow(() -> new S3Exception(S3Error.NO_SUCH_KEY).with("Key",
                            address.key()));
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
