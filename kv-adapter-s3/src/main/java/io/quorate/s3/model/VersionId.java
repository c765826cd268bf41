package io.quorate.s3.model;

import java.util.HexFormat;
import java.util.Optional;

/**
 * Names a version among those of one object, and says where it stands.
 *
 * @param sequence greater than that of every older version of the object
 * @param random what makes the name hard to guess
 * @param isNull whether clients know it as {@code null}
 */
public record VersionId(long sequence, long random, boolean isNull) {
    /** The name of a version that was written while versions were not kept. */
    public static final String NULL = "null";
    private static final int DIGITS = 16;

    /** Its name. */
    public String text() {
        HexFormat hex = HexFormat.of();
        return isNull ? NULL : hex.toHexDigits(sequence) + hex.toHexDigits(random);
    }

    /** The version of that name, other than {@link #NULL}; empty if no version is named so. */
    public static Optional<VersionId> parse(String text) {
        if (text.length() != 2 * DIGITS
                || !text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
            return Optional.empty();
        }
        long sequence = HexFormat.fromHexDigitsToLong(text, 0, DIGITS);
        return sequence < 0
                ? Optional.empty()
                : Optional.of(new VersionId(sequence,
                        HexFormat.fromHexDigitsToLong(text, DIGITS, 2 * DIGITS), false));
    }
}
