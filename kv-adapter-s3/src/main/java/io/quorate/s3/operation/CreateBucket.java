package io.quorate.s3.operation;

import io.quorate.s3.error.S3Error;
import io.quorate.s3.error.S3Exception;
import io.quorate.s3.model.Bucket;
import io.quorate.s3.repository.BucketRepository;
import io.quorate.s3.setting.SettingRules;
import reactor.core.publisher.Mono;

/** CreateBucket. Source: S3 API reference, CreateBucket. */
public final class CreateBucket {
    /** Where a bucket is if nobody says; here, as in S3, creating one's own again is no error. */
    public static final String DEFAULT_REGION = "us-east-1";

    private final BucketRepository buckets;

    public CreateBucket(BucketRepository buckets) {
        this.buckets = buckets;
    }

    /** Creates the bucket; emits it. */
    public Mono<Bucket> run(CreateBucketRequest request, Caller caller) {
        SettingRules.refusalAtCreation(request.settings()).ifPresent(refusal -> {
            throw new S3Exception(refusal == SettingRules.Refusal.BLOCKED
                    ? S3Error.ACCESS_DENIED
                    : S3Error.ACL_WITH_OWNERSHIP);
        });
        return buckets.create(request.bucket(), caller.account(), request.region(),
                request.settings(), caller.retryId())
                .map(creation -> result(creation, request, caller));
    }

    private static Bucket result(BucketRepository.Creation creation, CreateBucketRequest request,
            Caller caller) {
        Bucket bucket = creation.bucket();
        if (creation.isNew()) {
            return bucket;
        }
        if (!bucket.account().equals(caller.account())) {
            throw new S3Exception(S3Error.BUCKET_ALREADY_EXISTS).with("BucketName", bucket.name());
        }
        boolean harmless = bucket.region().equals(DEFAULT_REGION)
                && request.region().equals(DEFAULT_REGION);
        if (!harmless) {
            throw new S3Exception(S3Error.BUCKET_ALREADY_OWNED_BY_YOU).with("BucketName",
                    bucket.name());
        }
        return bucket;
    }
}
