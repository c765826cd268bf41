package io.quorate.aws.policy;

/**
 * What one policy says of a request. Source: IAM user guide, "Policy evaluation logic".
 */
public enum Decision {
    /** A statement denies it: nothing else matters. */
    DENIED,
    /** No statement is about it. */
    SILENT,
    /** It is allowed to the caller's account, which decides for its callers. */
    ALLOWED_TO_ACCOUNT,
    /** It is allowed to the caller. */
    ALLOWED
}
