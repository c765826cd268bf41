package io.quorate.s3.http;

import io.quorate.s3.operation.CreateBucket;
import io.quorate.s3.operation.GetObject;
import io.quorate.s3.operation.PutObject;

/**
 * All operations.
 *
 * @param createBucket CreateBucket
 * @param putObject PutObject
 * @param getObject GetObject
 */
public record Operations(CreateBucket createBucket, PutObject putObject, GetObject getObject) {}
