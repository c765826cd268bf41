package io.quorate.aws.sigv4;

import io.quorate.aws.request.AwsRequestHead;
import io.quorate.aws.request.QueryParameters;
import io.quorate.aws.service.AwsService;
import org.jspecify.annotations.Nullable;

/**
 * S3's x-amz-content-sha256: a hash, or a word that says how the payload is signed.
 *
 * @param text as it stands in the canonical request
 */
record PayloadHash(String text) {
    static final String UNSIGNED = "UNSIGNED-PAYLOAD";
    static final String SIGNED_CHUNKS = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
    static final String SIGNED_CHUNKS_TRAILER = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER";
    static final String UNSIGNED_CHUNKS_TRAILER = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";

    static PayloadHash of(AwsRequestHead head, Claim claim) throws RefusedException {
        String text = text(head, claim);
        if (text == null) {
            throw new RefusedException(AuthFailure.CONTENT_HASH_MISSING,
                    "Missing required header for this request: x-amz-content-sha256");
        }
        boolean known = switch (text) {
            case UNSIGNED, SIGNED_CHUNKS, SIGNED_CHUNKS_TRAILER, UNSIGNED_CHUNKS_TRAILER -> true;
            default -> Hex.isSha256(text);
        };
        if (!known) {
            throw new RefusedException(AuthFailure.CONTENT_HASH_INVALID,
                    "x-amz-content-sha256 must be UNSIGNED-PAYLOAD,"
                            + " STREAMING-UNSIGNED-PAYLOAD-TRAILER,"
                            + " STREAMING-AWS4-HMAC-SHA256-PAYLOAD,"
                            + " STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER or a valid sha256"
                            + " value.");
        }
        return new PayloadHash(text);
    }

    private static @Nullable String text(AwsRequestHead head, Claim claim) {
        String header = head.header("x-amz-content-sha256");
        if (header != null || !claim.presigned()) {
            return header;
        }
        String parameter = QueryParameters.parse(head.rawQuery()).first("X-Amz-Content-Sha256");
        return parameter == null ? UNSIGNED : parameter;
    }

    /**
     * The rule for the body of a request that is not signed: S3's clients without credentials
     * still frame it with trailers, and may still send its hash.
     */
    static PayloadRule ruleOfUnsigned(AwsRequestHead head, AwsService service)
            throws RefusedException {
        String text = service == AwsService.S3 ? head.header("x-amz-content-sha256") : null;
        if (text == null || text.equals(UNSIGNED)) {
            return new PayloadRule.UnsignedBody();
        }
        if (text.equals(UNSIGNED_CHUNKS_TRAILER)) {
            return new PayloadRule.UnsignedChunksWithTrailer();
        }
        if (Hex.isSha256(text)) {
            return new PayloadRule.SignedBody(text);
        }
        throw new RefusedException(AuthFailure.CONTENT_HASH_INVALID,
                "x-amz-content-sha256 says what an unsigned request cannot have.");
    }

    PayloadRule rule(ChunkSigning signing) {
        return switch (text) {
            case UNSIGNED -> new PayloadRule.UnsignedBody();
            case SIGNED_CHUNKS -> new PayloadRule.SignedChunks(signing, false);
            case SIGNED_CHUNKS_TRAILER -> new PayloadRule.SignedChunks(signing, true);
            case UNSIGNED_CHUNKS_TRAILER -> new PayloadRule.UnsignedChunksWithTrailer();
            default -> new PayloadRule.SignedBody(text);
        };
    }
}
