package io.quorate.s3.http;

import io.quorate.aws.http.AwsExchange;
import io.quorate.aws.http.ForwardingExchange;
import io.quorate.aws.identity.Permissions;
import io.quorate.aws.policy.Decision;
import io.quorate.aws.policy.PolicyRequest;
import io.quorate.s3.error.S3Error;
import io.quorate.s3.error.S3Exception;
import io.quorate.s3.setting.BucketAccess;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A request with what is known of the buckets it names, so that everything it asks for is checked
 * against their policies and lists too.
 */
final class GuardedExchange extends ForwardingExchange {
    private static final String ARN = "arn:aws:s3:::";
    /** What is asked of an account and of no bucket. */
    private static final Set<String> OF_ACCOUNT = Set.of("s3:CreateBucket",
            "s3:ListAllMyBuckets");
    private static final String PAYER = "x-amz-request-payer";

    private final Map<String, BucketAccess> buckets;

    /** @param buckets those that exist of the buckets the request names */
    GuardedExchange(AwsExchange exchange, Map<String, BucketAccess> buckets) {
        super(exchange);
        this.buckets = Map.copyOf(buckets);
    }

    /** The same guard around another form of the request. */
    GuardedExchange over(AwsExchange other) {
        return new GuardedExchange(other, buckets);
    }

    /** Whose account the work is done in: the bucket owner's, or the caller's own. */
    String accountFor(String action, String arn) {
        return OF_ACCOUNT.contains(action)
                ? identity().accountId()
                : access(arn).map(access -> access.bucket().account())
                        .orElse(identity().accountId());
    }

    /** What is known of a bucket. */
    Optional<BucketAccess> bucket(String name) {
        return Optional.ofNullable(buckets.get(name));
    }

    private Optional<BucketAccess> access(String arn) {
        String path = arn.startsWith(ARN) ? arn.substring(ARN.length()) : "";
        int slash = path.indexOf('/');
        return bucket(slash < 0 ? path : path.substring(0, slash));
    }

    /**
     * Whether the caller may do it.
     *
     * @throws S3Exception NoSuchBucket if there is no such bucket
     */
    @Override
    public boolean authorize(String action, String resourceArn) {
        PolicyRequest request = new PolicyRequest(identity().principal(), action, resourceArn,
                new S3Keys(this, conditionKeys()));
        Permissions permissions = identity().permissions();
        Decision own = identity().isAnonymous() ? Decision.SILENT : permissions.decide(request);
        if (OF_ACCOUNT.contains(action)) {
            return own == Decision.ALLOWED;
        }
        BucketAccess access = access(resourceArn)
                .orElseThrow(() -> new S3Exception(S3Error.NO_SUCH_BUCKET));
        if (access.requesterPays() && head().header(PAYER) == null
                && !access.bucket().account().equals(identity().accountId())) {
            return false;
        }
        return access.allows(request, own, permissions instanceof Permissions.Admin);
    }
}
