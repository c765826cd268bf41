package io.quorate.s3.http;

import io.quorate.s3.operation.BucketSettings;
import io.quorate.s3.operation.Buckets;
import io.quorate.s3.operation.CreateBucket;
import io.quorate.s3.operation.DeleteObject;
import io.quorate.s3.operation.GetObject;
import io.quorate.s3.operation.HeadObject;
import io.quorate.s3.operation.ListBuckets;
import io.quorate.s3.operation.ListObjects;
import io.quorate.s3.operation.PutObject;

/**
 * All operations.
 *
 * @param buckets of buckets
 * @param objects of objects
 */
public record Operations(OfBuckets buckets, OfObjects objects) {
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
     * Of objects.
     *
     * @param put PutObject
     * @param get GetObject
     * @param head HeadObject
     * @param delete DeleteObject, DeleteObjects
     */
    public record OfObjects(PutObject put, GetObject get, HeadObject head, DeleteObject delete) {}
}
