package io.quorate.s3.repository;

import io.quorate.kv.BlobRef;
import io.quorate.kv.BlobStore;
import io.quorate.kv.Mutation;
import io.quorate.s3.keyspace.BucketKeyspace;
import io.quorate.s3.model.Body;
import io.quorate.s3.model.Bucket;

/** What becomes of bodies in transactions. Pure functions. */
final class Bodies {
    private Bodies() {}

    /** The mutation that ends a body's life. */
    static Mutation end(BlobStore blobs, Bucket bucket, Body body) {
        return switch (body) {
            case Body.InRow(var id, long length) ->
                new Mutation.Delete(BucketKeyspace.body(bucket, id));
            case Body.InFile(BlobRef ref) -> blobs.release(ref);
        };
    }
}
