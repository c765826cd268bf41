package io.quorate.s3.model;

import java.util.Optional;

/**
 * One version of an object, all but its bytes.
 *
 * @param body where those are
 * @param md5 the ETag without its quotes: lower-case hex of the body's MD5, or of its parts' and their number
 * @param metadata what the writer said
 * @param checksum the checksum that the writer sent or the server computed
 * @param modifiedMillis when it was written, in group time
 * @param version which version it is
 * @param labels what may be changed of it
 */
public record Manifest(Body body, String md5, ObjectMetadata metadata,
        Optional<StoredChecksum> checksum, long modifiedMillis, VersionId version, Labels labels)
        implements
            ObjectVersion {
    /** The version of an object that was not written yet. */
    public static final VersionId UNWRITTEN = new VersionId(0, 0, true);

    /** An object that is to be written: the leader gives its time and version. */
    public Manifest(Body body, String md5, ObjectMetadata metadata,
            Optional<StoredChecksum> checksum, Labels labels) {
        this(body, md5, metadata, checksum, 0, UNWRITTEN, labels);
    }

    /** The ETag with its quotes. */
    public String etag() {
        return '"' + md5 + '"';
    }

    /** The same as it is written. */
    public Manifest written(long millis, VersionId as) {
        return new Manifest(body, md5, metadata, checksum, millis, as, labels);
    }

    /** The same with other labels. */
    public Manifest with(Labels others) {
        return new Manifest(body, md5, metadata, checksum, modifiedMillis, version, others);
    }
}
