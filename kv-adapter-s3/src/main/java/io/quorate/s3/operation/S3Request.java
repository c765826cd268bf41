package io.quorate.s3.operation;

/** A decoded request. */
public sealed interface S3Request
        permits BucketRequest, CreateBucketRequest, DeleteObjectRequest, GetObjectRequest,
        ListBucketsRequest, ListObjectsRequest, ListUploadsRequest, PutObjectRequest,
        SettingRequest, UploadRequest {
    /** The name in policies. */
    String iamName();

    /** What the request is about, as permissions name it. */
    String arn();
}
