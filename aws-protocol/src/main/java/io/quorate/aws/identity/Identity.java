package io.quorate.aws.identity;

import io.quorate.aws.policy.Principal;
import java.util.List;

/**
 * Someone who may call.
 *
 * @param name unique name in configuration and logs
 * @param accountId twelve digits
 * @param canonicalId S3's 64 hex digit owner id
 * @param displayName what S3 shows beside the owner id
 * @param permissions what it may do
 */
public record Identity(String name, String accountId, String canonicalId, String displayName,
        Permissions permissions) {
    /** Who sends an unsigned request. It may do nothing of its own right. */
    public static final Identity ANONYMOUS = new Identity("anonymous", "anonymous",
            "65a011a29cdf8ec533ec3d1ccaae921c", "anonymous", new Permissions.Allowed(List.of()));

    /** The name that stands for a whole account. */
    private static final String ROOT = "root";

    public boolean isAnonymous() {
        return equals(ANONYMOUS);
    }

    /** The caller as policies name it. */
    public Principal principal() {
        return isAnonymous()
                ? Principal.ANONYMOUS
                : new Principal(accountId, arn(), canonicalId);
    }

    /** The ARN of the user, or of the account for its root. */
    public String arn() {
        return name.equals(ROOT)
                ? Principal.rootOf(accountId)
                : "arn:aws:iam::" + accountId + ":user/" + name;
    }
}
