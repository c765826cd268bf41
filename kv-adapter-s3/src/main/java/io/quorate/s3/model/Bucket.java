package io.quorate.s3.model;

import java.util.Optional;
import java.util.UUID;

/**
 * A bucket: what everybody who writes an object has to know of it. Other settings have rows of their own.
 *
 * @param id unique for ever: a bucket that is created again has another
 * @param name its name, of which there is one in all accounts
 * @param account the owner's account id
 * @param region where it was created to be
 * @param createdMillis when, in group time
 * @param versioning whether versions are kept
 * @param lock whether and how versions can be locked
 */
public record Bucket(UUID id, String name, String account, String region, long createdMillis,
        Versioning versioning, Optional<ObjectLock> lock) {
    /** A bucket without settings. */
    public Bucket(UUID id, String name, String account, String region, long createdMillis) {
        this(id, name, account, region, createdMillis, Versioning.NEVER, Optional.empty());
    }

    /** The same, created at another time. */
    public Bucket createdAt(long millis) {
        return new Bucket(id, name, account, region, millis, versioning, lock);
    }

    /** The same with another versioning. */
    public Bucket with(Versioning other) {
        return new Bucket(id, name, account, region, createdMillis, other, lock);
    }

    /** The same with another lock. */
    public Bucket with(ObjectLock other) {
        return new Bucket(id, name, account, region, createdMillis, versioning,
                Optional.of(other));
    }
}
