package io.quorate.s3.setting;

import io.quorate.aws.policy.Access;
import io.quorate.aws.policy.Decision;
import io.quorate.aws.policy.Policy;
import io.quorate.aws.policy.PolicyRequest;
import io.quorate.aws.policy.Principal;
import io.quorate.s3.model.Bucket;
import io.quorate.s3.model.Element;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A bucket and who may do what with it: its policy, its access control list, and what is blocked of
 * both. Immutable.
 */
public final class BucketAccess {
    /** What the owner's root may do whatever the policy says, lest it lock itself out. */
    private static final Set<String> OF_ROOT = Set.of("s3:GetBucketPolicy", "s3:PutBucketPolicy",
            "s3:DeleteBucketPolicy");
    /** What a grant of a bucket's list lets do. Source: "Mapping of ACL permissions". */
    private static final Map<String, String> GRANTED = Map.of("s3:ListBucket", "READ",
            "s3:ListBucketVersions", "READ", "s3:ListBucketMultipartUploads", "READ",
            "s3:PutObject", "WRITE", "s3:GetBucketAcl", "READ_ACP", "s3:PutBucketAcl",
            "WRITE_ACP");

    private final Bucket bucket;
    private final Optional<Policy> policy;
    private final Optional<Element> acl;
    private final PublicAccessBlock block;
    private final boolean requesterPays;

    /**
     * @param policy the policy, read
     * @param settings what is stored of the bucket
     */
    public BucketAccess(Bucket bucket, Optional<Policy> policy,
            Map<SettingKind, Element> settings) {
        this.bucket = bucket;
        this.policy = policy;
        this.block = PublicAccessBlock
                .of(Optional.ofNullable(settings.get(SettingKind.PUBLIC_ACCESS_BLOCK)));
        boolean enforced = Ownership
                .isEnforced(Optional.ofNullable(settings.get(SettingKind.OWNERSHIP)));
        this.acl = enforced
                ? Optional.empty()
                : Optional.ofNullable(settings.get(SettingKind.ACL))
                        .map(list -> block.ignoredAcls() ? Grants.withoutPublic(list) : list);
        this.requesterPays = Optional.ofNullable(settings.get(SettingKind.REQUEST_PAYMENT))
                .flatMap(payment -> payment.textOf("Payer")).filter("Requester"::equals)
                .isPresent();
    }

    /** The bucket. */
    public Bucket bucket() {
        return bucket;
    }

    /** Whether others must say that they pay. */
    public boolean requesterPays() {
        return requesterPays;
    }

    /**
     * Whether the request may be done.
     *
     * @param own what the caller's own policy says
     * @param isRoot whether the caller may do everything in its account
     */
    public boolean allows(PolicyRequest request, Decision own, boolean isRoot) {
        Principal caller = request.principal();
        boolean sameAccount = bucket.account().equals(caller.account());
        Decision resource = ofPolicy(request, sameAccount);
        if (isRoot && sameAccount && OF_ROOT.contains(request.action())) {
            return true;
        }
        if (resource != Decision.DENIED && !sameAccount && isGranted(request)) {
            resource = Decision.ALLOWED;
        }
        return Access.isGranted(own, resource, sameAccount, caller.isAnonymous());
    }

    private Decision ofPolicy(PolicyRequest request, boolean sameAccount) {
        if (policy.isEmpty()) {
            return Decision.SILENT;
        }
        Decision decision = policy.get().decide(request);
        boolean restricted = block.restricted() && !sameAccount && decision != Decision.DENIED
                && policy.get().isPublic();
        return restricted ? Decision.SILENT : decision;
    }

    private boolean isGranted(PolicyRequest request) {
        String permission = GRANTED.get(request.action());
        Principal caller = request.principal();
        List<String> ids = caller.isAnonymous()
                ? List.of()
                : List.of(caller.account(), caller.canonicalId());
        return permission != null
                && acl.filter(list -> Grants.allow(list, permission, ids)).isPresent();
    }
}
