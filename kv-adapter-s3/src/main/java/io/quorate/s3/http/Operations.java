package io.quorate.s3.http;

import io.quorate.s3.operation.BucketSettings;
import io.quorate.s3.operation.Buckets;
import io.quorate.s3.operation.CreateBucket;
import io.quorate.s3.operation.DeleteObject;
import io.quorate.s3.operation.GetObject;
import io.quorate.s3.operation.HeadObject;
import io.quorate.s3.operation.ListBuckets;
import io.quorate.s3.operation.ListObjects;
import io.quorate.s3.operation.ListUploads;
import io.quorate.s3.operation.PutObject;
import io.quorate.s3.operation.UploadPart;
import io.quorate.s3.operation.Uploads;

/**
 * All operations.
 *
 * @param buckets of buckets
 * @param objects of objects
 * @param uploads of multipart uploads
 */
public record Operations(OfBuckets buckets, OfObjects objects, OfUploads uploads) {
    /**
     * Of buckets.
     *
     * @param create CreateBucket
     * @param buckets HeadBucket, GetBucketLocation, DeleteBucket
     * @param list ListBuckets
     * @param listObjects ListObjects, ListObjectsV2
     * @param settings what is set of buckets
     */
    public record OfBuckets(CreateBucket create, Buckets buckets, ListBuckets list,
            ListObjects listObjects, BucketSettings settings) {}

    /**
     * Of multipart uploads.
     *
     * @param uploads CreateMultipartUpload, CompleteMultipartUpload, AbortMultipartUpload, ListParts
     * @param part UploadPart
     * @param list ListMultipartUploads
     */
    public record OfUploads(Uploads uploads, UploadPart part, ListUploads list) {}

    /**
     * Of objects.
     *
     * @param put PutObject
     * @param get GetObject
     * @param head HeadObject
     * @param delete DeleteObject, DeleteObjects
     */
    public record OfObjects(PutObject put, GetObject get, HeadObject head, DeleteObject delete) {}
}
