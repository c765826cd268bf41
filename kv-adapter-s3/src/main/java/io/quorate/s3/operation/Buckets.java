package io.quorate.s3.operation;

import io.quorate.s3.model.Bucket;
import io.quorate.s3.repository.BucketRepository;
import reactor.core.publisher.Mono;

/** HeadBucket and GetBucketLocation, which find a bucket, and DeleteBucket. Source: S3 API reference. */
public final class Buckets {
    private final BucketRepository buckets;

    public Buckets(BucketRepository buckets) {
        this.buckets = buckets;
    }

    /** The bucket. */
    public Mono<Bucket> find(BucketRequest request, Caller caller) {
        return buckets.find(request.bucket(), caller.account());
    }

    /** Deletes an empty bucket. */
    public Mono<Void> delete(BucketRequest.Delete request, Caller caller) {
        return buckets.delete(request.bucket(), caller.account(), caller.retryId());
    }
}
