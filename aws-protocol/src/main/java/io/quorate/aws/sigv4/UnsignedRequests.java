package io.quorate.aws.sigv4;

import io.quorate.aws.request.AwsRequestHead;

/** What the body of an S3 request that is not signed must prove. */
public final class UnsignedRequests {
    private UnsignedRequests() {}

    /**
     * The rule for the body: clients without credentials still frame it with trailers, and may
     * still send its hash. Anything else that x-amz-content-sha256 says needs a signature.
     */
    public static PayloadRule payloadRule(AwsRequestHead head) {
        String hash = head.header("x-amz-content-sha256");
        if (hash == null) {
            return new PayloadRule.UnsignedBody();
        }
        return hash.equals(PayloadHash.UNSIGNED_CHUNKS_TRAILER)
                ? new PayloadRule.UnsignedChunksWithTrailer()
                : Hex.isSha256(hash)
                        ? new PayloadRule.SignedBody(hash)
                        : new PayloadRule.UnsignedBody();
    }
}
