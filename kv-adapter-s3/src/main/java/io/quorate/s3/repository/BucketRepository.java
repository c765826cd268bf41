package io.quorate.s3.repository;

import io.quorate.kv.AtLeader;
import io.quorate.kv.RetryId;
import io.quorate.s3.keyspace.BucketKeyspace;
import io.quorate.s3.model.Bucket;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** Buckets in the store. Thread-safe. */
public final class BucketRepository {
    private final AtLeader leader;
    private final Supplier<UUID> ids;

    /** Registers its handler; make it before the node starts. */
    public BucketRepository(AtLeader leader, Supplier<UUID> ids) {
        this.leader = leader;
        this.ids = ids;
        leader.register(CreateBucketCall.NAME, new CreateBucketCall());
    }

    /**
     * Creates a bucket if the name is free.
     *
     * @param retryId if present, a repetition is answered as the first request was
     * @return the bucket that has the name now, and whether this call created it
     */
    public Mono<Creation> create(String name, String account, String region,
            Optional<RetryId> retryId) {
        return Mono.defer(() -> leader
                .call(BucketKeyspace.definition(name), CreateBucketCall.NAME,
                        Rows.encode(new Bucket(ids.get(), name, account, region, 0)), retryId)
                .map(CreateBucketCall::creation));
    }

    /**
     * What CreateBucket found or made.
     *
     * @param bucket the bucket
     * @param isNew whether it was made now
     */
    public record Creation(Bucket bucket, boolean isNew) {}
}
