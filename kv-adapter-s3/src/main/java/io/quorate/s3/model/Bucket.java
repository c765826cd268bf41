package io.quorate.s3.model;

import java.util.UUID;

/**
 * A bucket as it was created.
 *
 * @param id unique for ever: a bucket that is created again has another
 * @param name its name, of which there is one in all accounts
 * @param account the owner's account id
 * @param region where it was created to be
 * @param createdMillis when, in group time
 */
public record Bucket(UUID id, String name, String account, String region, long createdMillis) {}
