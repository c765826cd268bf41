package io.quorate.s3.keyspace;

import io.quorate.kv.Key;
import io.quorate.kv.KeyRange;
import io.quorate.kv.keyspace.KeyEncoder;
import io.quorate.kv.keyspace.KeyReader;
import java.util.UUID;

/**
 * The layout of what queues are to hear.
 *
 * <pre>
 * event       (41, hash16, bucket name, millis, event id)   on the bucket's route
 * sender      (42, bucket name)                             on the default group's route: where to look for events
 * </pre>
 *
 * Pure functions.
 */
public final class OutboxKeyspace {
    private static final int EVENT = 41;
    private static final int SENDER = 42;
    private static final int DEFAULT_ROUTE = 0;

    private OutboxKeyspace() {}

    /** What one queue is to hear. */
    public static Key event(String bucket, long millis, UUID id) {
        return below(bucket).add(millis).add(id.getMostSignificantBits())
                .add(id.getLeastSignificantBits()).toKey();
    }

    /** All that queues are to hear of a bucket, oldest first. */
    public static KeyRange events(String bucket) {
        return below(bucket).below();
    }

    private static KeyEncoder below(String bucket) {
        return KeyEncoder.of(EVENT).route(BucketKeyspace.route(bucket)).add(bucket);
    }

    /** The row that says that a bucket may have events. */
    public static Key sender(String bucket) {
        return KeyEncoder.of(SENDER).add(bucket).onRoute(DEFAULT_ROUTE).toKey();
    }

    /** All buckets that may have events. */
    public static KeyRange senders() {
        return KeyEncoder.of(SENDER).onRoute(DEFAULT_ROUTE).below();
    }

    /** The bucket that a sender's row names. */
    public static String bucketOf(Key sender) {
        return KeyReader.of(sender).text(1);
    }
}
