package io.quorate.s3.model;

/**
 * Names an object.
 *
 * @param bucket the bucket's name
 * @param key the object's key, 1 to {@value #MAX_KEY_BYTES} bytes of UTF-8
 */
public record ObjectAddress(String bucket, String key) {
    /** Longest key, in bytes of UTF-8. */
    public static final int MAX_KEY_BYTES = 1_024;

    /** The ARN, by which permissions name the object. */
    public String arn() {
        return "arn:aws:s3:::" + bucket + "/" + key;
    }
}
