package io.quorate.s3.operation;

import io.quorate.s3.model.ObjectAddress;
import java.util.Optional;

/**
 * DeleteObject, and one object of DeleteObjects.
 *
 * @param address what to delete
 * @param ifMatch the ETag it must have, with quotes, or {@code *}
 */
public record DeleteObjectRequest(ObjectAddress address, Optional<String> ifMatch)
        implements
            S3Request {
    @Override
    public String iamName() {
        return "s3:DeleteObject";
    }

    @Override
    public String arn() {
        return address.arn();
    }
}
