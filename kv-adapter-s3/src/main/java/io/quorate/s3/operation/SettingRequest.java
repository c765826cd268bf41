package io.quorate.s3.operation;

import io.quorate.s3.model.Element;
import io.quorate.s3.setting.SettingKind;

/** A request about a setting of a bucket. */
public sealed interface SettingRequest extends S3Request {
    /** The bucket's name. */
    String bucket();

    /** Which setting. */
    SettingKind kind();

    @Override
    default String arn() {
        return "arn:aws:s3:::" + bucket();
    }

    /** To read it. */
    record Get(String bucket, SettingKind kind) implements SettingRequest {
        @Override
        public String iamName() {
            return switch (kind) {
                case CORS -> "s3:GetBucketCORS";
                case LIFECYCLE -> "s3:GetLifecycleConfiguration";
                case ENCRYPTION -> "s3:GetEncryptionConfiguration";
                case PUBLIC_ACCESS_BLOCK -> "s3:GetBucketPublicAccessBlock";
                case NOTIFICATION -> "s3:GetBucketNotification";
                case POLICY, ACL, OWNERSHIP, REQUEST_PAYMENT, TAGGING, WEBSITE, LOGGING ->
                    "s3:Get" + kind.noun();
            };
        }
    }

    /** To read whether the policy is public. */
    record PolicyStatus(String bucket) implements SettingRequest {
        @Override
        public SettingKind kind() {
            return SettingKind.POLICY;
        }

        @Override
        public String iamName() {
            return "s3:GetBucketPolicyStatus";
        }
    }

    /**
     * To write it.
     *
     * @param bucket the bucket's name
     * @param kind which setting
     * @param setting what to write
     */
    record Put(String bucket, SettingKind kind, Element setting) implements SettingRequest {
        @Override
        public String iamName() {
            return putName(kind);
        }
    }

    /** To remove it. */
    record Delete(String bucket, SettingKind kind) implements SettingRequest {
        @Override
        public String iamName() {
            return switch (kind) {
                case POLICY, WEBSITE -> "s3:Delete" + kind.noun();
                case ACL, OWNERSHIP, REQUEST_PAYMENT, TAGGING, LOGGING, CORS, LIFECYCLE,
                        ENCRYPTION, PUBLIC_ACCESS_BLOCK, NOTIFICATION ->
                    putName(kind);
            };
        }
    }

    private static String putName(SettingKind kind) {
        return new Get("", kind).iamName().replace("s3:Get", "s3:Put");
    }
}
