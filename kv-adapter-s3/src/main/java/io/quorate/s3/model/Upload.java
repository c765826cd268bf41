package io.quorate.s3.model;

import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/**
 * A multipart upload that is neither completed nor aborted.
 *
 * @param id its id, and that of the object's body
 * @param key the object's key
 * @param metadata the object's
 * @param labels the object's
 * @param checksums how its parts are summed up
 * @param encryption how its parts are encrypted
 * @param initiatedMillis when it began, in group time
 */
public record Upload(UUID id, String key, ObjectMetadata metadata, Labels labels,
        Checksums checksums, Optional<Encryption> encryption, long initiatedMillis) {
    /**
     * What the client decided when it began.
     *
     * @param header the header of the algorithm; empty if the client named none
     * @param fullObject whether the object's checksum is that of its bytes, else of its parts' checksums
     */
    public record Checksums(Optional<String> header, boolean fullObject) {}

    /** Its name for clients. */
    public String name() {
        return name(id);
    }

    /** The name of an upload. */
    public static String name(UUID id) {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(id.getMostSignificantBits())
                + hex.toHexDigits(id.getLeastSignificantBits());
    }

    /** The upload of that name; empty if none is named so. */
    public static Optional<UUID> parse(String name) {
        if (name.length() != 32
                || !name.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
            return Optional.empty();
        }
        return Optional.of(new UUID(HexFormat.fromHexDigitsToLong(name, 0, 16),
                HexFormat.fromHexDigitsToLong(name, 16, 32)));
    }
}
