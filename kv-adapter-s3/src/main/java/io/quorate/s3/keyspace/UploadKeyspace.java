package io.quorate.s3.keyspace;

import io.quorate.kv.Key;
import io.quorate.kv.KeyRange;
import io.quorate.kv.keyspace.KeyEncoder;
import io.quorate.kv.keyspace.KeyReader;
import io.quorate.s3.model.Bucket;
import java.util.UUID;

/**
 * The layout of multipart uploads and of the bodies they become, all on the bucket's route.
 *
 * <pre>
 * upload   (16, hash16, bucket id, object key, upload id)    ids ascend with time
 * part     (17, hash16, bucket id, upload id, number)        stays when the upload is completed
 * dropped  (18, hash16, bucket id, upload id)                parts that are to go
 * </pre>
 */
public final class UploadKeyspace {
    private static final int UPLOAD = 16;
    private static final int PART = 17;
    private static final int DROPPED = 18;
    private static final int NUMBER_POSITION = 6;
    private static final int DROPPED_ID_POSITION = 4;

    private UploadKeyspace() {}

    /** The row of an upload. */
    public static Key upload(Bucket bucket, String objectKey, UUID id) {
        return with(BucketKeyspace.below(UPLOAD, bucket).add(objectKey), id).toKey();
    }

    /** The uploads to keys that begin with the prefix, by key and time. */
    public static KeyRange uploads(Bucket bucket, String prefix) {
        return BucketKeyspace.below(UPLOAD, bucket).belowTextsStartingWith(prefix);
    }

    /** The uploads to one key. */
    public static KeyRange uploadsTo(Bucket bucket, String objectKey) {
        return BucketKeyspace.below(UPLOAD, bucket).add(objectKey).below();
    }

    /** The row of a part. */
    public static Key part(Bucket bucket, UUID upload, int number) {
        return with(BucketKeyspace.below(PART, bucket), upload).add(number).toKey();
    }

    /** All parts of an upload, by number. */
    public static KeyRange parts(Bucket bucket, UUID upload) {
        return with(BucketKeyspace.below(PART, bucket), upload).below();
    }

    /** The number in the key of a part. */
    public static int partNumber(Key part) {
        return (int) KeyReader.of(part).number(NUMBER_POSITION);
    }

    /** The row that says which parts of an upload stay. */
    public static Key dropped(Bucket bucket, UUID upload) {
        return with(BucketKeyspace.below(DROPPED, bucket), upload).toKey();
    }

    /** All rows of dropped parts of a bucket. */
    public static KeyRange allDropped(Bucket bucket) {
        return BucketKeyspace.below(DROPPED, bucket).below();
    }

    /** The upload in the key of a row of dropped parts. */
    public static UUID droppedUpload(Key dropped) {
        KeyReader in = KeyReader.of(dropped);
        return new UUID(in.number(DROPPED_ID_POSITION), in.number(DROPPED_ID_POSITION + 1));
    }

    private static KeyEncoder with(KeyEncoder key, UUID id) {
        return key.add(id.getMostSignificantBits()).add(id.getLeastSignificantBits());
    }
}
