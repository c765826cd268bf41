package io.quorate.s3.keyspace;

import io.quorate.kv.Key;
import io.quorate.kv.KeyRange;
import io.quorate.kv.keyspace.KeyReader;
import io.quorate.s3.model.Bucket;

/**
 * The layout of versions that are not the latest, and of markers of deletion, all on the bucket's route.
 *
 * <pre>
 * version  (14, hash16, bucket id, object key, -sequence)   newest first
 * null     (15, hash16, bucket id, object key)              the sequence of the null version, if it is a row of kind 14
 * </pre>
 */
public final class VersionKeyspace {
    private static final int VERSION = 14;
    private static final int NULL = 15;
    private static final int OBJECT_KEY_POSITION = 4;
    private static final int SEQUENCE_POSITION = 5;

    private VersionKeyspace() {}

    /** The row of an older version. */
    public static Key version(Bucket bucket, String objectKey, long sequence) {
        return BucketKeyspace.below(VERSION, bucket).add(objectKey).add(-sequence).toKey();
    }

    /** The older versions of one object, newest first. */
    public static KeyRange versions(Bucket bucket, String objectKey) {
        return BucketKeyspace.below(VERSION, bucket).add(objectKey).below();
    }

    /** The older versions of the objects whose keys begin with the prefix. */
    public static KeyRange allVersions(Bucket bucket, String prefix) {
        return BucketKeyspace.below(VERSION, bucket).belowTextsStartingWith(prefix);
    }

    /** The object's key in the key of an older version. */
    public static String objectKey(Key version) {
        return KeyReader.of(version).text(OBJECT_KEY_POSITION);
    }

    /** The sequence in the key of an older version. */
    public static long sequence(Key version) {
        return -KeyReader.of(version).number(SEQUENCE_POSITION);
    }

    /** The row that says where the null version is. */
    public static Key nullVersion(Bucket bucket, String objectKey) {
        return BucketKeyspace.below(NULL, bucket).add(objectKey).toKey();
    }
}
