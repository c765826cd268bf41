package io.quorate.s3.model;

import java.util.Optional;
import java.util.UUID;

/**
 * Where a list of uploads goes on.
 *
 * @param key after the uploads to this key
 * @param id or after this one of them
 * @param isPrefix or after those to all keys that begin so
 */
public record UploadMarker(String key, Optional<UUID> id, boolean isPrefix) {}
