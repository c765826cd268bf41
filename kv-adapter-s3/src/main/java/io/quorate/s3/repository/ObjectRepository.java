package io.quorate.s3.repository;

import io.quorate.kv.AtLeader;
import io.quorate.kv.BlobStore;
import io.quorate.kv.BlobStore.StoredBlob;
import io.quorate.kv.BlobStore.Tap;
import io.quorate.kv.KeyRange;
import io.quorate.kv.KvException;
import io.quorate.kv.KvFailure;
import io.quorate.kv.RetryId;
import io.quorate.kv.Scan;
import io.quorate.kv.ScanPage;
import io.quorate.kv.TransactionalKv;
import io.quorate.kv.Versioned;
import io.quorate.kv.keyspace.KeyEncoder;
import io.quorate.kv.row.RowReader;
import io.quorate.s3.keyspace.BucketKeyspace;
import io.quorate.s3.keyspace.UploadKeyspace;
import io.quorate.s3.model.Body;
import io.quorate.s3.model.Bucket;
import io.quorate.s3.model.BucketEvent;
import io.quorate.s3.model.Manifest;
import io.quorate.s3.model.ObjectAddress;
import io.quorate.s3.model.OpenObject;
import io.quorate.s3.model.Part;
import io.quorate.s3.model.WriteCondition;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Objects in the store. Thread-safe. */
public final class ObjectRepository {
    /** An object that is replaced while it is opened is looked up again this often at most. */
    private static final int MAX_LOOKS = 5;

    private final TransactionalKv kv;
    private final AtLeader leader;
    private final BlobStore blobs;
    private final BucketRepository buckets;
    private final VersionRepository versions;
    private final Publisher publisher;
    private final PartsRelease release;
    private final Supplier<UUID> ids;

    /** Registers its handlers; make it before the node starts. */
    public ObjectRepository(TransactionalKv kv, AtLeader leader, BlobStore blobs,
            BucketRepository buckets, Supplier<UUID> ids) {
        this.ids = ids;
        this.versions = new VersionRepository(kv);
        this.publisher = new Publisher(leader, blobs);
        this.release = new PartsRelease(kv, leader);
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
     * @param creation what queues are told
     */
    public record Write(ObjectAddress address, String account, WriteCondition condition,
            Optional<RetryId> retryId, BucketEvent.Creation creation) {
        /** A write by PutObject. */
        public Write(ObjectAddress address, String account, WriteCondition condition,
                Optional<RetryId> retryId) {
            this(address, account, condition, retryId, BucketEvent.Creation.PUT);
        }
    }

    /** Streams a large body to a file, which nothing refers to yet. */
    public Mono<StoredBlob> store(ObjectAddress address, Flux<ByteBuffer> body, Tap tap) {
        return blobs.write(BucketKeyspace.fence(address.bucket()), body, BlobStore.MAX_LENGTH, tap);
    }

    /** Publishes an object; a refusal removes its file. */
    public Mono<WrittenVersion> put(Write write, Manifest manifest, Payload payload) {
        return publisher.publish(
                new Publisher.Call(BucketKeyspace.fence(write.address().bucket()),
                        PutObjectCall.NAME, write.retryId(),
                        !(write.condition() instanceof WriteCondition.None)),
                payload,
                placed -> new PutObjectCall.Request(write.address(), write.account(),
                        write.condition(), manifest, placed, write.creation()).encode())
                .map(PutObjectCall.Answer.Stored::version)
                .delayUntil(written -> release.of(write.address().bucket(), written));
    }

    /** The object as it is now, or a version of it, with its bytes ready to be sent. */
    public Mono<OpenObject> open(ObjectAddress address, String account,
            Optional<String> versionId) {
        return bucket(address, account).flatMap(bucket -> look(bucket, address, versionId, 1));
    }

    /** Fails if the bucket does not exist or is another account's. */
    public Mono<Void> requireBucket(ObjectAddress address, String account) {
        return bucket(address, account).then();
    }

    /** The object as it is now, or a version of it, without its bytes. */
    public Mono<Manifest> find(ObjectAddress address, String account,
            Optional<String> versionId) {
        return bucket(address, account)
                .flatMap(bucket -> versions.manifest(bucket, address.key(), versionId));
    }

    /** Deletes an object or a version of it; one that does not exist counts as deleted. */
    public Mono<WrittenVersion> delete(ObjectAddress address, String account, Deletion deletion,
            Optional<RetryId> retryId) {
        return leader.call(BucketKeyspace.fence(address.bucket()), DeleteObjectCall.NAME,
                new DeleteObjectCall.Request(address, account, deletion,
                        ids.get().getLeastSignificantBits()).encode(),
                retryId).flatMap(answer -> {
                    RowReader in = new RowReader(answer, Rows.VERSION);
                    return WriteAnswer.result(in)
                            .then(Mono.fromSupplier(() -> WrittenVersion.read(in)))
                            .delayUntil(written -> release.of(address.bucket(), written));
                });
    }

    /** The parts of an object that has some, by number; empty for any other. */
    public Mono<List<Part>> parts(ObjectAddress address, String account, Manifest manifest) {
        return bucket(address, account)
                .flatMap(bucket -> parts(bucket, stored(manifest.body())));
    }

    private Mono<List<Part>> parts(Bucket bucket, Body body) {
        return body instanceof Body.InParts parts
                ? rows(UploadKeyspace.parts(bucket, parts.upload()))
                        .map(row -> UploadRows.part(row.value()))
                        .filter(part -> parts.numbers().contains(part.number())).collectList()
                : Mono.just(List.of());
    }

    private Flux<Versioned> rows(KeyRange all) {
        return kv.scan(Scan.ascending(all, Scan.MAX_LIMIT))
                .expand(page -> page.more()
                        ? kv.scan(Scan.ascending(new KeyRange(
                                KeyEncoder.immediatelyAfter(page.rows().getLast().key()),
                                all.end()), Scan.MAX_LIMIT))
                        : Mono.empty())
                .concatMapIterable(ScanPage::rows, 1);
    }

    private static Body stored(Body body) {
        return body instanceof Body.Encrypted encrypted ? encrypted.stored() : body;
    }

    private Mono<Bucket> bucket(ObjectAddress address, String account) {
        return buckets.find(address.bucket(), account);
    }

    /** The manifest, then the body it names; if that is gone, the object was replaced meanwhile. */
    private Mono<OpenObject> look(Bucket bucket, ObjectAddress address,
            Optional<String> versionId, int looks) {
        return versions.manifest(bucket, address.key(), versionId).flatMap(manifest -> {
            Mono<OpenObject> again = looks == MAX_LOOKS
                    ? Mono.error(new KvFailure.WriteConflict().asException())
                    : Mono.defer(() -> look(bucket, address, versionId, looks + 1));
            return open(bucket, manifest, stored(manifest.body())).switchIfEmpty(again);
        });
    }

    /** Empty if the body is gone. */
    private Mono<OpenObject> open(Bucket bucket, Manifest manifest, Body body) {
        return switch (body) {
            case Body.InRow(var id, long length) ->
                kv.get(BucketKeyspace.body(bucket, id)).flatMap(Mono::justOrEmpty)
                        .map(row -> new OpenObject.Bytes(manifest, row.value()));
            case Body.InFile(var ref) -> blobs.open(ref)
                    .map(blob -> (OpenObject) new OpenObject.File(manifest, blob))
                    .onErrorResume(ObjectRepository::isGone, gone -> Mono.empty());
            case Body.InParts parts -> parts(bucket, parts)
                    .filter(all -> all.size() == parts.numbers().count())
                    .map(all -> new OpenObject.Parts(manifest, all,
                            part -> open(bucket, manifest, part.body())));
            case Body.Encrypted encrypted -> open(bucket, manifest, encrypted.stored());
        };
    }

    private static boolean isGone(Throwable failure) {
        return failure instanceof KvException kv && kv.failure() instanceof KvFailure.Refused;
    }

}
