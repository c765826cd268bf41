package io.quorate.aws.sigv4;

/** What a body must prove, as its request's signature says. */
public sealed interface PayloadRule {
    /**
     * The body's SHA-256 is signed.
     *
     * @param sha256Hex 64 lower-case hex digits
     */
    record SignedBody(String sha256Hex) implements PayloadRule {}

    /** The body is not covered by the signature. */
    record UnsignedBody() implements PayloadRule {}

    /**
     * The body is aws-chunked and every chunk is signed.
     *
     * @param signing continues the chain that the head's signature begins
     * @param trailer whether signed trailing headers follow the last chunk
     */
    record SignedChunks(ChunkSigning signing, boolean trailer) implements PayloadRule {}

    /** The body is aws-chunked, not signed, and followed by trailing headers. */
    record UnsignedChunksWithTrailer() implements PayloadRule {}
}
