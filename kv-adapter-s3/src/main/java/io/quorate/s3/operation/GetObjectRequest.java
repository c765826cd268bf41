package io.quorate.s3.operation;

import io.quorate.s3.model.ObjectAddress;
import io.quorate.s3.model.RangeRequest;
import io.quorate.s3.model.ReadConditions;
import java.util.Map;
import java.util.Optional;

/**
 * GetObject.
 *
 * @param address what to read
 * @param range which bytes; empty for all
 * @param conditions what must hold
 * @param overrides headers of the answer that the request sets, by lower-case name
 * @param showChecksum whether to answer with the stored checksum
 */
public record GetObjectRequest(ObjectAddress address, Optional<RangeRequest> range,
        ReadConditions conditions, Map<String, String> overrides, boolean showChecksum)
        implements
            S3Request {
    public GetObjectRequest {
        overrides = Map.copyOf(overrides);
    }

    @Override
    public String iamName() {
        return "s3:GetObject";
    }

    @Override
    public String arn() {
        return address.arn();
    }
}
