package io.quorate.aws.policy;

/**
 * Joins what the caller's own policy and the resource's policy say. Pure functions. Source: IAM user
 * guide, "Cross-account policy evaluation logic".
 */
public final class Access {
    private Access() {}

    /**
     * Whether the request may be done.
     *
     * @param caller what the caller's own policy says; anonymous callers have none, it is SILENT
     * @param resource what the resource's policies say
     * @param sameAccount whether caller and resource belong to one account
     * @param anonymous whether nobody signed
     */
    public static boolean isGranted(Decision caller, Decision resource, boolean sameAccount,
            boolean anonymous) {
        if (caller == Decision.DENIED || resource == Decision.DENIED) {
            return false;
        }
        if (anonymous) {
            return resource == Decision.ALLOWED;
        }
        boolean own = caller == Decision.ALLOWED;
        return sameAccount
                ? own || resource == Decision.ALLOWED
                : own && resource != Decision.SILENT;
    }
}
