package io.quorate.aws.payload;

import io.quorate.aws.checksum.ChecksumAlgorithm;

/** What can be wrong with a body. */
public sealed interface PayloadFailure {
    /** The body is longer than this request may bring. */
    record TooLarge(long limitBytes) implements PayloadFailure {}

    /** Too many bytes of bodies are held in memory at this moment; a later try may do. */
    record TooManyBodies() implements PayloadFailure {}

    /** The body's SHA-256 is not the signed one. */
    record HashMismatch() implements PayloadFailure {}

    /** The signature of a chunk is not the one its bytes give. */
    record ChunkSignatureMismatch() implements PayloadFailure {}

    /** The signature of the trailing headers is not the one they give. */
    record TrailerSignatureMismatch() implements PayloadFailure {}

    /** The framing cannot be read. */
    record Malformed(String detail) implements PayloadFailure {}

    /** The body ended early, or is not as long as its head says. */
    record Incomplete(String detail) implements PayloadFailure {}

    /** The decoded length was not said, though the framing needs it. */
    record MissingLength() implements PayloadFailure {}

    /** The body does not have the checksum that its head or trailer says. */
    record ChecksumMismatch(ChecksumAlgorithm algorithm) implements PayloadFailure {}

    /** The checksum in the head or trailer is no checksum of its kind. */
    record ChecksumInvalid(ChecksumAlgorithm algorithm) implements PayloadFailure {}

    /** A checksum that the head announced is not in the trailer. */
    record TrailerMissing(String name) implements PayloadFailure {}
}
