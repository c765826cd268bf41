package io.quorate.s3.repository;

import java.util.Optional;
import java.util.UUID;

/**
 * Which uploads to list.
 *
 * @param bucket the bucket's name
 * @param account whose it must be
 * @param prefix keys begin with it
 * @param after what they follow, if anything
 */
public record UploadQuery(String bucket, String account, String prefix, Optional<After> after) {
    /**
     * Where to go on.
     *
     * @param key after this key
     * @param id or after this upload to it
     * @param isPrefix or after all keys that begin so
     */
    public record After(String key, Optional<UUID> id, boolean isPrefix) {}
}
