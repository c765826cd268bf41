package io.quorate.s3.setting;

import io.quorate.aws.policy.Policy;
import io.quorate.aws.policy.PolicyException;
import io.quorate.s3.error.S3Error;
import io.quorate.s3.error.S3Exception;
import io.quorate.s3.model.Element;
import java.util.Locale;

/** Policies of buckets as they are stored: a piece of text. */
public final class BucketPolicies {
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
    }
}
