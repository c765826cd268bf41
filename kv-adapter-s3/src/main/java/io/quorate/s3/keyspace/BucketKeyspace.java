package io.quorate.s3.keyspace;

import io.quorate.kv.Key;
import io.quorate.kv.KeyRange;
import io.quorate.kv.keyspace.KeyEncoder;
import io.quorate.kv.keyspace.KeyReader;
import io.quorate.kv.keyspace.RouteHash;
import io.quorate.s3.model.Bucket;
import java.util.UUID;

/**
 * The layout of buckets and objects.
 *
 * <pre>
 * definition  (10, bucket name)                     on the default group's route
 * fence       (11, hash16, bucket name)             on the bucket's route: a copy of the definition
 * manifest    (12, hash16, bucket id, object key)   on the bucket's route: the latest version, unless deleted
 * body row    (13, hash16, bucket id, body id)      on the bucket's route
 * </pre>
 *
 * <p>{@link VersionKeyspace} and {@link UploadKeyspace} hold the rest.
 *
 * <p>Manifests sort by the UTF-8 bytes of the object's key, as S3 lists them. Small bodies are rows
 * of their own, so that a listing does not read them. Pure functions.
 */
public final class BucketKeyspace {
    private static final int DEFINITION = 10;
    private static final int FENCE = 11;
    private static final int MANIFEST = 12;
    private static final int BODY = 13;
    private static final int DEFAULT_ROUTE = 0;
    private static final int OBJECT_KEY_POSITION = 4;

    private BucketKeyspace() {}

    /** The route of everything a bucket holds. */
    public static int route(String bucket) {
        return RouteHash.of(bucket);
    }

    /** The row that defines the bucket. */
    public static Key definition(String bucket) {
        return KeyEncoder.of(DEFINITION).add(bucket).onRoute(DEFAULT_ROUTE).toKey();
    }

    /** All definitions whose bucket's name begins with the prefix, by name. */
    public static KeyRange definitions(String prefix) {
        return KeyEncoder.of(DEFINITION).onRoute(DEFAULT_ROUTE).belowTextsStartingWith(prefix);
    }

    /** The copy of the definition beside the bucket's objects. */
    public static Key fence(String bucket) {
        return KeyEncoder.of(FENCE).route(route(bucket)).add(bucket).toKey();
    }

    /** The row that describes an object. */
    public static Key manifest(Bucket bucket, String objectKey) {
        return below(MANIFEST, bucket).add(objectKey).toKey();
    }

    /** The manifests of the objects whose keys begin with the prefix, in the order of the keys. */
    public static KeyRange manifests(Bucket bucket, String prefix) {
        return below(MANIFEST, bucket).belowTextsStartingWith(prefix);
    }

    /** The object's key in the key of its manifest. */
    public static String objectKey(Key manifest) {
        return KeyReader.of(manifest).text(OBJECT_KEY_POSITION);
    }

    /** What writers of one object wait for each other on; never stored. */
    public static Key writers(String bucket, String objectKey) {
        return KeyEncoder.of(MANIFEST).route(route(bucket)).add(bucket).add(objectKey).toKey();
    }

    /** The row that holds a small body. */
    public static Key body(Bucket bucket, UUID id) {
        return below(BODY, bucket).add(id.getMostSignificantBits())
                .add(id.getLeastSignificantBits()).toKey();
    }

    static KeyEncoder below(int kind, Bucket bucket) {
        return KeyEncoder.of(kind).route(route(bucket.name()))
                .add(bucket.id().getMostSignificantBits())
                .add(bucket.id().getLeastSignificantBits());
    }
}
