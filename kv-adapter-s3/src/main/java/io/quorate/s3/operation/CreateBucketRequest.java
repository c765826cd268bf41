package io.quorate.s3.operation;

import io.quorate.s3.model.Element;
import io.quorate.s3.setting.SettingKind;
import java.util.Map;

/**
 * CreateBucket.
 *
 * @param bucket the name
 * @param region the location constraint, or the default region
 * @param settings what is set with it
 */
public record CreateBucketRequest(String bucket, String region,
        Map<SettingKind, Element> settings) implements S3Request {
    public CreateBucketRequest {
        settings = Map.copyOf(settings);
    }

    /** A bucket without settings. */
    public CreateBucketRequest(String bucket, String region) {
        this(bucket, region, Map.of());
    }

    /** The same with settings. */
    public CreateBucketRequest with(Map<SettingKind, Element> others) {
        return new CreateBucketRequest(bucket, region, others);
    }

    @Override
    public String iamName() {
        return "s3:CreateBucket";
    }

    @Override
    public String arn() {
        return "arn:aws:s3:::" + bucket;
    }
}
