package io.quorate.s3.repository;

import io.quorate.kv.AtLeader;
import io.quorate.kv.BlobStore;
import io.quorate.kv.Key;
import io.quorate.kv.KeyRange;
import io.quorate.kv.RetryId;
import io.quorate.kv.Scan;
import io.quorate.kv.TransactionalKv;
import io.quorate.kv.keyspace.KeyEncoder;
import io.quorate.kv.row.RowReader;
import io.quorate.s3.error.S3Error;
import io.quorate.s3.error.S3Exception;
import io.quorate.s3.keyspace.BucketKeyspace;
import io.quorate.s3.keyspace.UploadKeyspace;
import io.quorate.s3.model.Manifest;
import io.quorate.s3.model.ObjectAddress;
import io.quorate.s3.model.Part;
import io.quorate.s3.model.PartPage;
import io.quorate.s3.model.Upload;
import io.quorate.s3.model.WriteCondition;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** Multipart uploads in the store. Thread-safe. */
public final class UploadRepository {
    private final TransactionalKv kv;
    private final AtLeader leader;
    private final BucketRepository buckets;
    private final Publisher publisher;
    private final PartsRelease release;

    /** Registers its handlers; make it before the node starts. */
    public UploadRepository(TransactionalKv kv, AtLeader leader, BlobStore blobs,
            BucketRepository buckets) {
        this.kv = kv;
        this.leader = leader;
        this.buckets = buckets;
        this.publisher = new Publisher(leader, blobs);
        this.release = new PartsRelease(kv, leader);
        leader.register(CreateUploadCall.NAME, new CreateUploadCall());
        leader.register(PutPartCall.NAME, new PutPartCall(blobs));
        leader.register(CompleteUploadCall.NAME, new CompleteUploadCall(blobs));
        leader.register(AbortUploadCall.NAME, new AbortUploadCall());
        leader.register(DropPartsCall.NAME, new DropPartsCall(blobs));
    }

    /**
     * An upload to an address.
     *
     * @param address the object
     * @param account whose bucket it must be
     * @param id the upload
     */
    public record Place(ObjectAddress address, String account, UUID id) {}

    /** What became of an upload. */
    public record Completed(Manifest manifest, WrittenVersion version) {}

    /** Begins an upload; returns its id. */
    public Mono<UUID> create(String bucket, String account, Upload upload,
            Optional<RetryId> retryId) {
        return leader.call(BucketKeyspace.fence(bucket), CreateUploadCall.NAME,
                CreateUploadCall.request(bucket, account, upload), retryId).flatMap(answer -> {
                    RowReader in = new RowReader(answer, Rows.VERSION);
                    return WriteAnswer.result(in).then(Mono.fromSupplier(in::id));
                });
    }

    /** The upload; fails if it is not open. */
    public Mono<Upload> find(Place place) {
        return buckets.find(place.address().bucket(), place.account())
                .flatMap(bucket -> kv.get(UploadKeyspace.upload(bucket, place.address().key(),
                        place.id())))
                .map(row -> row.map(found -> UploadRows.upload(found.value()))
                        .orElseThrow(() -> new S3Exception(S3Error.NO_SUCH_UPLOAD)
                                .with("UploadId", Upload.name(place.id()))));
    }

    /** Publishes a part; a refusal removes its file. */
    public Mono<Void> put(Place place, Part part, Payload payload, Optional<RetryId> retryId) {
        return publisher
                .publish(new Publisher.Call(BucketKeyspace.fence(place.address().bucket()),
                        PutPartCall.NAME, retryId, false), payload,
                        placed -> new PutPartCall.Request(place.address(), place.account(),
                                place.id(), part, placed).encode())
                .then();
    }

    /** Makes the object. */
    public Mono<Completed> complete(Completion completion, Optional<RetryId> retryId) {
        String bucket = completion.address().bucket();
        boolean isConditional = !(completion.condition() instanceof WriteCondition.None);
        return publisher
                .publish(new Publisher.Call(BucketKeyspace.fence(bucket), CompleteUploadCall.NAME,
                        retryId, isConditional), Payload.of(new byte[0]),
                        nothing -> completion.encode())
                .flatMap(stored -> release.of(bucket, completion.upload())
                        .then(Mono.defer(() -> release.of(bucket, stored.version())))
                        .thenReturn(new Completed(stored.manifest().orElseThrow(),
                                stored.version())));
    }

    /** Ends the upload and releases its parts. */
    public Mono<Void> abort(Place place, Optional<RetryId> retryId) {
        String bucket = place.address().bucket();
        return leader.call(BucketKeyspace.fence(bucket), AbortUploadCall.NAME,
                AbortUploadCall.request(place.address(), place.account(), place.id()), retryId)
                .flatMap(WriteAnswer::result)
                .then(Mono.defer(() -> release.of(bucket, place.id())));
    }

    /** The parts of an open upload after a number. */
    public Mono<PartPage> parts(Place place, int after, int most) {
        return find(place).flatMap(upload -> buckets
                .find(place.address().bucket(), place.account()).flatMap(bucket -> {
                    Key end = UploadKeyspace.parts(bucket, place.id()).end();
                    Key start = UploadKeyspace.part(bucket, place.id(), after + 1);
                    return kv.scan(Scan.ascending(new KeyRange(start, end), most + 1));
                }).map(page -> new PartPage(upload, page.rows().stream().limit(most)
                        .map(row -> UploadRows.part(row.value())).toList(),
                        page.rows().size() > most || page.more())));
    }

    /** Uploads in order of key and age, after one. */
    public Mono<List<Upload>> uploads(UploadQuery query, int most) {
        return buckets.find(query.bucket(), query.account()).flatMap(bucket -> {
            KeyRange all = UploadKeyspace.uploads(bucket, query.prefix());
            Key from = query.after().map(after -> after.id()
                    .map(id -> KeyEncoder.immediatelyAfter(
                            UploadKeyspace.upload(bucket, after.key(), id)))
                    .orElseGet(() -> after.isPrefix()
                            ? UploadKeyspace.uploads(bucket, after.key()).end()
                            : UploadKeyspace.uploadsTo(bucket, after.key()).end()))
                    .filter(key -> key.compareTo(all.start()) > 0).orElse(all.start());
            return from.compareTo(all.end()) >= 0
                    ? Mono.just(List.of())
                    : kv.scan(Scan.ascending(new KeyRange(from, all.end()), most)).map(page -> page
                            .rows().stream().map(row -> UploadRows.upload(row.value())).toList());
        });
    }
}
