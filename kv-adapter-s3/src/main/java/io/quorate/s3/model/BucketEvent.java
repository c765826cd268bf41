package io.quorate.s3.model;

import java.util.Optional;
import java.util.UUID;

/**
 * Something that happened in a bucket, as one queue hears of it.
 *
 * @param id names what this queue hears; the same however often it is told
 * @param name such as {@code ObjectCreated:Put}, or {@link #TEST}
 * @param origin where
 * @param subject what it happened to; empty for a test
 * @param millis when, in group time
 * @param configuration the name of the configuration that asks for it
 * @param queueArn which queue
 */
public record BucketEvent(UUID id, String name, Origin origin, Optional<Subject> subject,
        long millis, String configuration, String queueArn) {
    /** What a queue hears when it is configured. */
    public static final String TEST = "TestEvent";
    /** An object was deleted for good. */
    public static final String DELETED = "ObjectRemoved:Delete";
    /** A delete marker hides an object. */
    public static final String MARKED = "ObjectRemoved:DeleteMarkerCreated";

    /** How an object came to be. */
    public enum Creation {
        /** By PutObject. */
        PUT(0, "Put"),
        /** By a form. */
        POST(1, "Post"),
        /** By CopyObject. */
        COPY(2, "Copy"),
        /** By CompleteMultipartUpload. */
        COMPLETE(3, "CompleteMultipartUpload");

        private final int code;
        private final String word;

        Creation(int code, String word) {
            this.code = code;
            this.word = word;
        }

        /** How it is written in calls. */
        public int code() {
            return code;
        }

        /** The creation of a code. */
        public static Creation of(int code) {
            for (Creation creation : values()) {
                if (creation.code == code) {
                    return creation;
                }
            }
            throw new IllegalStateException("a creation of code " + code);
        }

        /** The event's name. */
        public String event() {
            return "ObjectCreated:" + word;
        }
    }

    /**
     * Where something happened.
     *
     * @param bucket the bucket's name
     * @param account its owner's account
     * @param region its region
     */
    public record Origin(String bucket, String account, String region) {}

    /**
     * What something happened to.
     *
     * @param key the object's key
     * @param length bytes, if it came to be
     * @param etag without its quotes, if it came to be
     * @param versionId its version, if the bucket keeps them
     * @param sequence orders the events of one key
     */
    public record Subject(String key, Optional<Long> length, Optional<String> etag,
            Optional<String> versionId, long sequence) {}
}
