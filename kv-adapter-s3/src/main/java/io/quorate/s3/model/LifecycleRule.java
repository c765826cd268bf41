package io.quorate.s3.model;

import java.util.Map;
import java.util.Optional;

/**
 * One enabled rule of a bucket's lifecycle. Source: S3 API reference, LifecycleRule.
 *
 * @param id its name
 * @param prefix keys begin with it
 * @param tags which the object has all of
 * @param sizeGreaterThan bytes of the object, if it matters
 * @param sizeLessThan bytes of the object, if it matters
 * @param expiration when the current version ends
 * @param noncurrent when versions that are not current end
 * @param abortAfterDays how long after its beginning an upload is aborted
 */
public record LifecycleRule(String id, String prefix, Map<String, String> tags,
        Optional<Long> sizeGreaterThan, Optional<Long> sizeLessThan,
        Optional<Expiration> expiration, Optional<Noncurrent> noncurrent,
        Optional<Integer> abortAfterDays) {
    public LifecycleRule {
        tags = Map.copyOf(tags);
    }

    /** When the current version ends. */
    public sealed interface Expiration {
        /** So many days after it was written. */
        record AfterDays(int days) implements Expiration {}

        /** At a moment. */
        record AtMillis(long epochMillis) implements Expiration {}

        /** A delete marker under which there is nothing any more. */
        record LoneMarker() implements Expiration {}
    }

    /**
     * When versions that are not current end.
     *
     * @param days after they ceased to be
     * @param newer how many of them, the newest, are kept
     */
    public record Noncurrent(int days, int newer) {}
}
