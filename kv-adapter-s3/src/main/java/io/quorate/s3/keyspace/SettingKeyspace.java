package io.quorate.s3.keyspace;

import io.quorate.kv.Key;
import io.quorate.kv.KeyRange;
import io.quorate.kv.keyspace.KeyEncoder;
import io.quorate.kv.keyspace.KeyReader;

/**
 * The layout of buckets' settings.
 *
 * <pre>
 * setting     (40, hash16, bucket name, setting's number)   on the bucket's route
 * </pre>
 *
 * <p>A row names the bucket's id, so that what is left of one bucket never counts for the next of its
 * name. Pure functions.
 */
public final class SettingKeyspace {
    private static final int SETTING = 40;
    private static final int NUMBER_POSITION = 3;

    private SettingKeyspace() {}

    /** The row of one setting. */
    public static Key setting(String bucket, int number) {
        return below(bucket).add(number).toKey();
    }

    /** All settings of a bucket. */
    public static KeyRange all(String bucket) {
        return below(bucket).below();
    }

    /** The settings whose numbers are below a bound. */
    public static KeyRange before(String bucket, int bound) {
        return new KeyRange(all(bucket).start(), setting(bucket, bound));
    }

    /** The setting's number in the key of its row. */
    public static int number(Key setting) {
        return (int) KeyReader.of(setting).number(NUMBER_POSITION);
    }

    private static KeyEncoder below(String bucket) {
        return KeyEncoder.of(SETTING).route(BucketKeyspace.route(bucket)).add(bucket);
    }
}
