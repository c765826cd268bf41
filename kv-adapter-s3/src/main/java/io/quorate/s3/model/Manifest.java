package io.quorate.s3.model;

import java.util.Optional;

/**
 * One version of an object, all but its bytes.
 *
 * @param body where those are
 * @param md5 lower-case hex of the body's MD5: the ETag without its quotes
 * @param metadata what the writer said
 * @param checksum the checksum the writer sent, if any
 * @param modifiedMillis when it was written, in group time
 */
public record Manifest(Body body, String md5, ObjectMetadata metadata,
        Optional<StoredChecksum> checksum, long modifiedMillis) {
    /** The ETag with its quotes. */
    public String etag() {
        return '"' + md5 + '"';
    }
}
