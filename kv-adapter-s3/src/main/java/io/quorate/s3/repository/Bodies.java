package io.quorate.s3.repository;

import io.quorate.kv.BlobRef;
import io.quorate.kv.BlobStore;
import io.quorate.kv.Mutation;
import io.quorate.kv.row.RowWriter;
import io.quorate.s3.keyspace.BucketKeyspace;
import io.quorate.s3.keyspace.UploadKeyspace;
import io.quorate.s3.model.Body;
import io.quorate.s3.model.Bucket;
import io.quorate.s3.model.PartNumbers;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What becomes of bodies in transactions. Pure functions. */
final class Bodies {
    private Bodies() {}

    /** The mutation that ends a body's life; parts are only named, to be dropped step by step. */
    static Mutation end(BlobStore blobs, Bucket bucket, Body body) {
        return switch (body) {
            case Body.InRow(var id, long length) ->
                new Mutation.Delete(BucketKeyspace.body(bucket, id));
            case Body.InFile(BlobRef ref) -> blobs.release(ref);
            case Body.InParts(var upload, PartNumbers numbers, long length) ->
                drop(bucket, upload, new PartNumbers(List.of()));
            case Body.Encrypted(Body stored, var encryption, long length) ->
                end(blobs, bucket, stored);
        };
    }

    /** The parts that are the body, if they are. */
    static Optional<Body.InParts> parts(Body body) {
        return switch (body) {
            case Body.InParts parts -> Optional.of(parts);
            case Body.Encrypted(Body stored, var encryption, long length) -> parts(stored);
            case Body.InRow row -> Optional.empty();
            case Body.InFile file -> Optional.empty();
        };
    }

    /** Names parts of an upload to be dropped: all but these. */
    static Mutation drop(Bucket bucket, UUID upload, PartNumbers but) {
        return new Mutation.Put(UploadKeyspace.dropped(bucket, upload),
                BodyRows.write(new RowWriter(Rows.VERSION), but).toValue());
    }
}
