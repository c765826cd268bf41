package io.quorate.s3.model;

/** Says that the object was deleted while its older versions stay. */
public record DeleteMarker(VersionId version, long modifiedMillis) implements ObjectVersion {}
