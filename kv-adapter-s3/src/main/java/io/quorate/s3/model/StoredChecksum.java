package io.quorate.s3.model;

/**
 * A checksum of an object or a part.
 *
 * @param header the header that carries it
 * @param base64 its value; of a composite one with the number of parts
 * @param isFullObject whether it is of the object's bytes, else of its parts' checksums
 */
public record StoredChecksum(String header, String base64, boolean isFullObject) {
    /** A checksum of bytes. */
    public StoredChecksum(String header, String base64) {
        this(header, base64, true);
    }

    /** What {@code x-amz-checksum-type} says. */
    public String type() {
        return isFullObject ? "FULL_OBJECT" : "COMPOSITE";
    }
}
