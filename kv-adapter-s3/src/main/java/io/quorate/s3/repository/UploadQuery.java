package io.quorate.s3.repository;

import io.quorate.s3.model.UploadMarker;
import java.util.Optional;

/**
 * Which uploads to list.
 *
 * @param bucket the bucket's name
 * @param account whose it must be
 * @param prefix keys begin with it
 * @param after what they follow, if anything
 */
public record UploadQuery(String bucket, String account, String prefix,
        Optional<UploadMarker> after) {}
