package io.quorate.aws.policy;

/**
 * Who asks, as policies name callers.
 *
 * @param account the account's twelve digits; "" for an anonymous caller
 * @param arn the caller's ARN; "" for an anonymous caller
 * @param canonicalId S3's owner id
 */
public record Principal(String account, String arn, String canonicalId) {
    /** Who sends an unsigned request. */
    public static final Principal ANONYMOUS = new Principal("", "", "");

    /** Whether nobody signed. */
    public boolean isAnonymous() {
        return arn.isEmpty();
    }

    /** The ARN that stands for a whole account. */
    public static String rootOf(String account) {
        return "arn:aws:iam::" + account + ":root";
    }
}
