package io.quorate.s3.operation;

/**
 * CreateBucket.
 *
 * @param bucket the name
 * @param region the location constraint, or the default region
 */
public record CreateBucketRequest(String bucket, String region) implements S3Request {
    @Override
    public String iamName() {
        return "s3:CreateBucket";
    }

    @Override
    public String arn() {
        return "arn:aws:s3:::" + bucket;
    }
}
