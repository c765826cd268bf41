package io.quorate.s3.setting;

import io.quorate.aws.policy.Policy;
import io.quorate.aws.policy.PolicyException;
import io.quorate.s3.error.S3Error;
import io.quorate.s3.error.S3Exception;
import io.quorate.s3.model.Element;
import java.util.Locale;
import java.util.Set;

/** Policies of buckets as they are stored: a piece of text. */
public final class BucketPolicies {
    /** Source: Service authorization reference, "Actions, resources, and condition keys for Amazon S3". */
    private static final Set<String> OF_OBJECTS = Set.of("s3:GetObject", "s3:PutObject",
            "s3:DeleteObject", "s3:GetObjectVersion", "s3:DeleteObjectVersion",
            "s3:GetObjectAcl", "s3:PutObjectAcl", "s3:GetObjectTagging", "s3:PutObjectTagging",
            "s3:DeleteObjectTagging", "s3:GetObjectAttributes", "s3:GetObjectRetention",
            "s3:PutObjectRetention", "s3:GetObjectLegalHold", "s3:PutObjectLegalHold",
            "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts", "s3:RestoreObject");
    private static final Set<String> OF_BUCKETS = Set.of("s3:ListBucket",
            "s3:ListBucketVersions", "s3:ListBucketMultipartUploads", "s3:GetBucketLocation",
            "s3:DeleteBucket", "s3:GetBucketAcl", "s3:PutBucketAcl", "s3:GetBucketPolicy",
            "s3:PutBucketPolicy", "s3:DeleteBucketPolicy", "s3:GetBucketPolicyStatus",
            "s3:GetBucketVersioning", "s3:PutBucketVersioning", "s3:GetBucketTagging",
            "s3:PutBucketTagging", "s3:GetBucketCORS", "s3:PutBucketCORS",
            "s3:GetBucketWebsite", "s3:PutBucketWebsite", "s3:DeleteBucketWebsite",
            "s3:GetBucketLogging", "s3:PutBucketLogging", "s3:GetBucketNotification",
            "s3:PutBucketNotification", "s3:GetLifecycleConfiguration",
            "s3:PutLifecycleConfiguration", "s3:GetEncryptionConfiguration",
            "s3:PutEncryptionConfiguration", "s3:GetBucketPublicAccessBlock",
            "s3:PutBucketPublicAccessBlock", "s3:GetBucketOwnershipControls",
            "s3:PutBucketOwnershipControls", "s3:GetBucketRequestPayment",
            "s3:PutBucketRequestPayment", "s3:GetBucketObjectLockConfiguration",
            "s3:PutBucketObjectLockConfiguration");

    private BucketPolicies() {}

    /** The policy's element. */
    public static Element element(String json) {
        return Element.text("Policy", json);
    }

    /** The policy in a checked element. */
    public static Policy policy(Element element) {
        try {
            return Policy.ofResource(element.text());
        } catch (PolicyException malformed) {
            throw new S3Exception(S3Error.MALFORMED_POLICY, String.valueOf(malformed.getMessage()));
        }
    }

    static void check(Element element) {
        for (String action : policy(element).actions()) {
            if (!action.equals("*") && !action.toLowerCase(Locale.ROOT).startsWith("s3:")) {
                throw new S3Exception(S3Error.MALFORMED_POLICY, "Policy has invalid action");
            }
        }
    }

    /** Refuses a policy that names what is not of this bucket. */
    public static void checkResources(Element element, String bucket) {
        String arn = "arn:aws:s3:::" + bucket;
        for (String resource : policy(element).resources()) {
            boolean ofBucket = resource.equals(arn) || resource.startsWith(arn + "/")
                    || resource.equals(arn + "*");
            if (!ofBucket) {
                throw new S3Exception(S3Error.MALFORMED_POLICY, "Policy has invalid resource");
            }
        }
        policy(element).scopes().forEach(scope -> checkScope(scope, arn));
    }

    /** Refuses a statement that names an action, in full, which none of its resources can have. */
    private static void checkScope(Policy.Scope scope, String arn) {
        boolean whole = scope.resources().contains(arn + "*");
        boolean bucket = whole || scope.resources().contains(arn);
        boolean objects = whole || scope.resources().stream()
                .anyMatch(resource -> resource.startsWith(arn + "/"));
        for (String action : scope.actions()) {
            boolean applies = OF_OBJECTS.contains(action)
                    ? objects
                    : !OF_BUCKETS.contains(action) || bucket;
            if (!applies) {
                throw new S3Exception(S3Error.MALFORMED_POLICY,
                        "Action does not apply to any resource(s) in statement");
            }
        }
    }
}
