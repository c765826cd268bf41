package io.quorate.s3.repository;

import io.quorate.kv.AtLeader;
import io.quorate.kv.Key;
import io.quorate.kv.KeyRange;
import io.quorate.kv.RetryId;
import io.quorate.kv.Scan;
import io.quorate.kv.ScanPage;
import io.quorate.kv.TransactionalKv;
import io.quorate.kv.keyspace.KeyEncoder;
import io.quorate.s3.error.S3Error;
import io.quorate.s3.error.S3Exception;
import io.quorate.s3.keyspace.BucketKeyspace;
import io.quorate.s3.model.Bucket;
import io.quorate.s3.model.Element;
import io.quorate.s3.setting.SettingKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Buckets in the store. Thread-safe. */
public final class BucketRepository {
    /** Definitions read at once. */
    private static final int PAGE = 1_000;

    private final TransactionalKv kv;
    private final AtLeader leader;
    private final Supplier<UUID> ids;

    /** Registers its handlers; make it before the node starts. */
    public BucketRepository(TransactionalKv kv, AtLeader leader, Supplier<UUID> ids) {
        this.kv = kv;
        this.leader = leader;
        this.ids = ids;
        leader.register(DeleteBucketCall.NAME, new DeleteBucketCall());
        leader.register(CreateBucketCall.NAME, new CreateBucketCall());
    }

    /**
     * Creates a bucket if the name is free.
     *
     * @param settings what is set with it
     * @param retryId if present, a repetition is answered as the first request was
     * @return the bucket that has the name now, and whether this call created it
     */
    public Mono<Creation> create(String name, String account, String region,
            Map<SettingKind, Element> settings, Optional<RetryId> retryId) {
        return Mono.defer(() -> leader
                .call(BucketKeyspace.definition(name), CreateBucketCall.NAME,
                        CreateBucketCall.request(
                                new Bucket(ids.get(), name, account, region, 0), settings),
                        retryId)
                .map(CreateBucketCall::creation));
    }

    /** The bucket; fails if there is none or it is another account's. */
    public Mono<Bucket> find(String name, String account) {
        return kv.get(BucketKeyspace.fence(name)).map(row -> {
            Bucket bucket = row.map(found -> Rows.bucket(found.value()))
                    .orElseThrow(() -> new S3Exception(S3Error.NO_SUCH_BUCKET).with("BucketName",
                            name));
            if (!bucket.account().equals(account)) {
                throw new S3Exception(S3Error.ACCESS_DENIED);
            }
            return bucket;
        });
    }

    /** Deletes a bucket if it is empty. */
    public Mono<Void> delete(String name, String account, Optional<RetryId> retryId) {
        return kv.get(BucketKeyspace.fence(name)).flatMap(row -> row
                .map(found -> new PartsRelease(kv, leader).ofAll(Rows.bucket(found.value())))
                .orElseGet(Mono::empty))
                .then(Mono.defer(() -> leader.call(BucketKeyspace.definition(name),
                        DeleteBucketCall.NAME, DeleteBucketCall.request(name, account), retryId)))
                .flatMap(WriteAnswer::result);
    }

    /** An account's buckets by name, from after one. */
    public Flux<Bucket> ownedBy(String account, String prefix, String after) {
        KeyRange all = BucketKeyspace.definitions(prefix);
        Key first = after.isEmpty()
                ? all.start()
                : KeyEncoder.immediatelyAfter(BucketKeyspace.definition(after));
        return page(first.compareTo(all.start()) < 0 ? all.start() : first, all.end())
                .expand(page -> page.more()
                        ? page(KeyEncoder.immediatelyAfter(page.rows().getLast().key()),
                                all.end())
                        : Mono.empty())
                .concatMapIterable(ScanPage::rows, 1).map(row -> Rows.bucket(row.value()))
                .filter(bucket -> bucket.account().equals(account));
    }

    private Mono<ScanPage> page(Key from, Key end) {
        return from.compareTo(end) >= 0
                ? Mono.just(new ScanPage(List.of(), false))
                : kv.scan(Scan.ascending(new KeyRange(from, end), PAGE));
    }

    /**
     * What CreateBucket found or made.
     *
     * @param bucket the bucket
     * @param isNew whether it was made now
     */
    public record Creation(Bucket bucket, boolean isNew) {}
}
