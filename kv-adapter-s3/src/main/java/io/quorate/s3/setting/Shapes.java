package io.quorate.s3.setting;

import static io.quorate.s3.setting.Shape.group;
import static io.quorate.s3.setting.Shape.notBuilt;
import static io.quorate.s3.setting.Shape.number;
import static io.quorate.s3.setting.Shape.text;
import static io.quorate.s3.setting.Shape.truth;
import static io.quorate.s3.setting.Shape.word;

/** The shapes of all settings. Source: S3 API reference, the Put action of each. */
final class Shapes {
    private static final int MANY = 1_000;
    private static final Shape TAG = group("Tag", text("Key").once(), text("Value").once());

    static final Shape TAGGING = group("Tagging", group("TagSet", TAG.from(0, MANY)).once());

    static final Shape CORS = group("CORSConfiguration",
            group("CORSRule", text("ID").maybe(), text("AllowedMethod").from(1, MANY),
                    text("AllowedOrigin").from(1, MANY), text("AllowedHeader").from(0, MANY),
                    text("ExposeHeader").from(0, MANY), number("MaxAgeSeconds").maybe())
                    .from(1, 100));

    private static final Shape FILTER_AND = group("And", text("Prefix").maybe(), TAG.from(0, MANY),
            number("ObjectSizeGreaterThan").maybe(), number("ObjectSizeLessThan").maybe());
    private static final Shape FILTER = group("Filter", text("Prefix").maybe(), TAG.maybe(),
            number("ObjectSizeGreaterThan").maybe(), number("ObjectSizeLessThan").maybe(),
            FILTER_AND.maybe());
    static final Shape LIFECYCLE = group("LifecycleConfiguration",
            group("Rule", text("ID").maybe(), text("Prefix").maybe(), FILTER.maybe(),
                    word("Status", "Enabled", "Disabled").once(),
                    group("Expiration", text("Date").maybe(), number("Days").maybe(),
                            truth("ExpiredObjectDeleteMarker").maybe()).maybe(),
                    group("NoncurrentVersionExpiration", number("NoncurrentDays").maybe(),
                            number("NewerNoncurrentVersions").maybe()).maybe(),
                    group("AbortIncompleteMultipartUpload", number("DaysAfterInitiation").once())
                            .maybe(),
                    notBuilt("Transition"), notBuilt("NoncurrentVersionTransition"))
                    .from(1, MANY));

    static final Shape OWNERSHIP = group("OwnershipControls",
            group("Rule", word("ObjectOwnership", "BucketOwnerEnforced", "BucketOwnerPreferred",
                    "ObjectWriter").once()).once());

    static final Shape PUBLIC_ACCESS_BLOCK = group("PublicAccessBlockConfiguration",
            truth("BlockPublicAcls").maybe(), truth("IgnorePublicAcls").maybe(),
            truth("BlockPublicPolicy").maybe(), truth("RestrictPublicBuckets").maybe());

    static final Shape ENCRYPTION = group("ServerSideEncryptionConfiguration",
            group("Rule", group("ApplyServerSideEncryptionByDefault",
                    word("SSEAlgorithm", "AES256", "aws:kms", "aws:kms:dsse").once(),
                    notBuilt("KMSMasterKeyID")).once(), truth("BucketKeyEnabled").maybe(),
                    notBuilt("BlockedEncryptionTypes")).once());

    private static final Shape PROTOCOL = word("Protocol", "http", "https");
    static final Shape WEBSITE = group("WebsiteConfiguration",
            group("RedirectAllRequestsTo", text("HostName").once(), PROTOCOL.maybe()).maybe(),
            group("IndexDocument", text("Suffix").once()).maybe(),
            group("ErrorDocument", text("Key").once()).maybe(),
            group("RoutingRules", group("RoutingRule",
                    group("Condition", text("HttpErrorCodeReturnedEquals").maybe(),
                            text("KeyPrefixEquals").maybe()).maybe(),
                    group("Redirect", text("HostName").maybe(), text("HttpRedirectCode").maybe(),
                            PROTOCOL.maybe(), text("ReplaceKeyPrefixWith").maybe(),
                            text("ReplaceKeyWith").maybe()).once())
                    .from(0, 50)).maybe());

    static final Shape LOGGING = group("BucketLoggingStatus",
            group("LoggingEnabled", text("TargetBucket").once(), text("TargetPrefix").once(),
                    notBuilt("TargetGrants"), notBuilt("TargetObjectKeyFormat")).maybe());

    static final Shape REQUEST_PAYMENT = group("RequestPaymentConfiguration",
            word("Payer", "BucketOwner", "Requester").once());

    static final Shape NOTIFICATION = group("NotificationConfiguration",
            group("QueueConfiguration", text("Id").maybe(), text("Queue").once(),
                    text("Event").from(1, 100),
                    group("Filter", group("S3Key", group("FilterRule", text("Name").once(),
                            text("Value").once()).from(0, 10)).maybe()).maybe())
                    .from(0, 100),
            notBuilt("TopicConfiguration"), notBuilt("CloudFunctionConfiguration"),
            notBuilt("EventBridgeConfiguration"));

    static final Shape ACL = group("AccessControlPolicy",
            group("Owner", text("ID").once(), text("DisplayName").maybe()).maybe(),
            group("AccessControlList", group("Grant",
                    group("Grantee",
                            word("@type", "CanonicalUser", "Group", "AmazonCustomerByEmail")
                                    .once(),
                            text("ID").maybe(), text("DisplayName").maybe(),
                            text("URI").maybe(), text("EmailAddress").maybe()).once(),
                    word("Permission", "FULL_CONTROL", "READ", "WRITE", "READ_ACP", "WRITE_ACP")
                            .once())
                    .from(0, 100)).once());

    /** A policy is JSON; its reader checks it. */
    static final Shape POLICY = text("Policy");

    private Shapes() {}
}
