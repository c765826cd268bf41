package io.quorate.s3.model;

import java.util.Optional;

/**
 * A part of an upload, and of the object that it became.
 *
 * @param number 1 to {@value #MAX_NUMBER}
 * @param body its bytes, never parts again
 * @param md5 lower-case hex of their MD5
 * @param checksum the checksum, if there is one
 * @param modifiedMillis when it was written, in group time
 */
public record Part(int number, Body body, String md5, Optional<StoredChecksum> checksum,
        long modifiedMillis) {
    /** The last part of an upload. */
    public static final int MAX_NUMBER = 10_000;
    /** The smallest part but for the last one. Source: "Amazon S3 multipart upload limits". */
    public static final long MIN_BYTES = 5L << 20;

    /** The ETag with its quotes. */
    public String etag() {
        return '"' + md5 + '"';
    }
}
