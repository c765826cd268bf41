package io.quorate.s3.repository;

import io.quorate.kv.BlobStore;
import io.quorate.kv.Key;
import io.quorate.kv.LeaderHandler;
import io.quorate.kv.LeaderView;
import io.quorate.kv.Mutation;
import io.quorate.kv.Transaction;
import io.quorate.kv.Value;
import io.quorate.kv.Versioned;
import io.quorate.kv.row.RowReader;
import io.quorate.kv.row.RowWriter;
import io.quorate.s3.keyspace.BucketKeyspace;
import io.quorate.s3.model.Bucket;
import io.quorate.s3.model.Manifest;
import io.quorate.s3.model.ObjectAddress;
import java.util.List;
import java.util.Optional;

/** Deletes an object and ends the life of its body, in one transaction. */
final class DeleteObjectCall implements LeaderHandler {
    static final String NAME = "s3.DeleteObject";

    private final BlobStore blobs;

    /** @param blobs only says what to change for a file */
    DeleteObjectCall(BlobStore blobs) {
        this.blobs = blobs;
    }

    /**
     * What to delete.
     *
     * @param address which object
     * @param account whose bucket it must be
     * @param ifMatch the ETag it must have if it exists
     */
    record Request(ObjectAddress address, String account, Optional<String> ifMatch) {
        Value encode() {
            return new RowWriter(Rows.VERSION).text(address.bucket()).text(address.key())
                    .text(account).text(ifMatch).toValue();
        }

        static Request decode(Value value) {
            RowReader in = new RowReader(value, Rows.VERSION);
            return new Request(new ObjectAddress(in.text(), in.text()), in.text(),
                    in.optionalText());
        }
    }

    @Override
    public List<Key> latches(Value request) {
        ObjectAddress address = Request.decode(request).address();
        return List.of(BucketKeyspace.writers(address.bucket(), address.key()));
    }

    @Override
    public Decision handle(LeaderView view, Value value) {
        Request request = Request.decode(value);
        String name = request.address().bucket();
        Optional<Bucket> bucket = view.get(BucketKeyspace.fence(name))
                .map(row -> Rows.bucket(row.value()));
        if (bucket.isEmpty()) {
            return Decision.answer(WriteAnswer.NO_SUCH_BUCKET.encode());
        }
        if (!bucket.get().account().equals(request.account())) {
            return Decision.answer(WriteAnswer.NOT_YOURS.encode());
        }
        Key key = BucketKeyspace.manifest(bucket.get(), request.address().key());
        Optional<Versioned> row = view.get(key);
        if (row.isEmpty()) {
            return Decision.answer(WriteAnswer.DONE.encode());
        }
        Manifest manifest = Rows.manifest(new RowReader(row.get().value(), Rows.VERSION));
        boolean matches = request.ifMatch()
                .map(etag -> etag.equals("*") || etag.equals(manifest.etag())).orElse(true);
        if (!matches) {
            return Decision.answer(WriteAnswer.PRECONDITION_FAILED.encode());
        }
        return new Decision(
                Transaction.of(new Mutation.Delete(key),
                        Bodies.end(blobs, bucket.get(), manifest.body())),
                WriteAnswer.DONE.encode());
    }
}
