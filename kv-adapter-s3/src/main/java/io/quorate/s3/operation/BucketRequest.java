package io.quorate.s3.operation;

/** A request about a bucket that says nothing but which one. */
public sealed interface BucketRequest extends S3Request {
    /** The bucket's name. */
    String bucket();

    @Override
    default String arn() {
        return "arn:aws:s3:::" + bucket();
    }

    /** HeadBucket. */
    record Head(String bucket) implements BucketRequest {
        @Override
        public String iamName() {
            return "s3:ListBucket";
        }
    }

    /** DeleteBucket. */
    record Delete(String bucket) implements BucketRequest {
        @Override
        public String iamName() {
            return "s3:DeleteBucket";
        }
    }

    /** GetBucketLocation. */
    record Location(String bucket) implements BucketRequest {
        @Override
        public String iamName() {
            return "s3:GetBucketLocation";
        }
    }
}
