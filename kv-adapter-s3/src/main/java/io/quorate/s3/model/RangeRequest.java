package io.quorate.s3.model;

import java.util.Optional;

/** A {@code Range} of one interval. Source: RFC 9110, section 14.1.2. */
public sealed interface RangeRequest {
    /**
     * Bytes from a first to a last one, both included.
     *
     * @param first from 0
     * @param last {@link Long#MAX_VALUE} if the range is open
     */
    record FromTo(long first, long last) implements RangeRequest {}

    /**
     * The last bytes.
     *
     * @param count how many
     */
    record Suffix(long count) implements RangeRequest {}

    /**
     * Bytes of a body.
     *
     * @param first the first one
     * @param count how many; at least one
     */
    record Slice(long first, long count) {}

    /** What the range means for a body of this length; empty if no byte of it is in the range. */
    default Optional<Slice> of(long length) {
        return switch (this) {
            case FromTo(long first, long last) -> first >= length
                    ? Optional.empty()
                    : Optional.of(new Slice(first, Math.min(last, length - 1) - first + 1));
            case Suffix(long count) -> count == 0 || length == 0
                    ? Optional.empty()
                    : Optional.of(new Slice(Math.max(0, length - count), Math.min(count, length)));
        };
    }
}
