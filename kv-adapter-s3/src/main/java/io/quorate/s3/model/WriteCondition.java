package io.quorate.s3.model;

/** What must hold for a PUT to happen. Source: S3 user guide, "Conditional writes". */
public sealed interface WriteCondition {
    /** Nothing. */
    record None() implements WriteCondition {}

    /** There is no such object: {@code If-None-Match: *}. */
    record IfAbsent() implements WriteCondition {}

    /**
     * There is one with this ETag: {@code If-Match}.
     *
     * @param etag with its quotes
     */
    record IfMatch(String etag) implements WriteCondition {}
}
