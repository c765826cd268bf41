package io.quorate.aws.sigv4;

/**
 * From what the signatures of chunks are computed. Immutable; {@link #toString} hides the key.
 *
 * @param key the derived key of the request's scope
 * @param timestamp the request's date as signed
 * @param seedSignature the signature of the head, 64 hex digits
 */
public record ChunkSigning(SigningKey key, String timestamp, String seedSignature) {
    /** A signer at the chain's beginning. */
    public ChunkSigner signer() {
        return new ChunkSigner(this);
    }
}
