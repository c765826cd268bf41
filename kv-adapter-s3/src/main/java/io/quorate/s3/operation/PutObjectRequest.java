package io.quorate.s3.operation;

import io.quorate.s3.model.ObjectAddress;
import io.quorate.s3.model.ObjectMetadata;
import io.quorate.s3.model.WriteCondition;

/**
 * PutObject, without its body.
 *
 * @param address what to write
 * @param length the body's length in bytes
 * @param metadata what the writer says of it
 * @param condition what must hold
 */
public record PutObjectRequest(ObjectAddress address, long length, ObjectMetadata metadata,
        WriteCondition condition) implements S3Request {
    @Override
    public String iamName() {
        return "s3:PutObject";
    }

    @Override
    public String arn() {
        return address.arn();
    }
}
