package io.quorate.s3.operation;

import java.util.Optional;

/**
 * ListBuckets.
 *
 * @param prefix names begin with it
 * @param region only buckets of this one
 * @param after names follow this one; empty for the beginning
 * @param maxBuckets most buckets answered
 */
public record ListBucketsRequest(String prefix, Optional<String> region, String after,
        int maxBuckets) implements S3Request {
    /** Most buckets of one answer. Source: S3 API reference, ListBuckets. */
    public static final int MAX_BUCKETS = 10_000;

    @Override
    public String iamName() {
        return "s3:ListAllMyBuckets";
    }

    @Override
    public String arn() {
        return "arn:aws:s3:::*";
    }
}
