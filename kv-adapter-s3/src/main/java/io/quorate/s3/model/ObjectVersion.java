package io.quorate.s3.model;

/** One version of an object: the object itself, or that it was deleted. */
public sealed interface ObjectVersion permits Manifest, DeleteMarker {
    /** Which version. */
    VersionId version();

    /** When it was written, in group time. */
    long modifiedMillis();
}
