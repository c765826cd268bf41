package io.quorate.s3.operation;

/**
 * ListObjects and ListObjectsV2.
 *
 * @param bucket the bucket's name
 * @param prefix keys begin with it
 * @param delimiter keys that have it after the prefix are rolled up; empty for none
 * @param after keys and rolled-up prefixes follow this; empty for the beginning
 * @param maxKeys most keys and rolled-up prefixes answered
 */
public record ListObjectsRequest(String bucket, String prefix, String delimiter, String after,
        int maxKeys) implements S3Request {
    /** Most keys and prefixes of one answer. Source: S3 API reference, ListObjectsV2. */
    public static final int MAX_KEYS = 1_000;

    @Override
    public String iamName() {
        return "s3:ListBucket";
    }

    @Override
    public String arn() {
        return "arn:aws:s3:::" + bucket;
    }
}
