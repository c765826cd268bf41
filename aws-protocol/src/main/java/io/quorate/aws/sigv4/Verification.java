package io.quorate.aws.sigv4;

import io.quorate.aws.identity.Identity;

/** What verifying a request's head gave. */
public sealed interface Verification permits Verification.Decided, Verification.AwaitsBody {

    /** A verdict; nothing more is needed. */
    sealed interface Decided extends Verification permits Verified, Refused, Anonymous {}

    /**
     * The request is signed by whom it says.
     *
     * @param identity who signed
     * @param accessKeyId with which key
     * @param region of the credential scope; any is accepted
     * @param rule what the body must still prove
     */
    record Verified(Identity identity, String accessKeyId, String region, PayloadRule rule)
            implements
                Decided {}

    /**
     * The request is refused.
     *
     * @param reason why
     * @param detail one sentence that may be shown to the client; holds no secret
     */
    record Refused(AuthFailure reason, String detail) implements Decided {}

    /**
     * The request is not signed at all.
     *
     * @param rule what the body must prove nevertheless
     */
    record Anonymous(PayloadRule rule) implements Decided {}

    /**
     * Everything but the signature itself is right, and the signature covers the hash of a body
     * that has not been read yet (SQS, DynamoDB).
     */
    non-sealed interface AwaitsBody extends Verification {
        /** Hashes the whole body, once, and decides. */
        Decided decide(byte[] body);
    }
}
