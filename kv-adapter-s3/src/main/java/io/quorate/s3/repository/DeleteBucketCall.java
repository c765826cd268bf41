package io.quorate.s3.repository;

import io.quorate.kv.Key;
import io.quorate.kv.LeaderHandler;
import io.quorate.kv.LeaderView;
import io.quorate.kv.Mutation;
import io.quorate.kv.Scan;
import io.quorate.kv.Transaction;
import io.quorate.kv.Value;
import io.quorate.kv.Versioned;
import io.quorate.kv.row.RowReader;
import io.quorate.kv.row.RowWriter;
import io.quorate.s3.keyspace.BucketKeyspace;
import io.quorate.s3.keyspace.SettingKeyspace;
import io.quorate.s3.keyspace.UploadKeyspace;
import io.quorate.s3.keyspace.VersionKeyspace;
import io.quorate.s3.model.Bucket;
import java.util.List;
import java.util.Optional;

/**
 * Deletes an empty bucket with its fence. Whoever writes an object reads the fence, and this reads that
 * there is no object: of the two, one comes first in the log and the other fails.
 */
final class DeleteBucketCall implements LeaderHandler {
    static final String NAME = "s3.DeleteBucket";

    static Value request(String bucket, String account) {
        return new RowWriter(Rows.VERSION).text(bucket).text(account).toValue();
    }

    @Override
    public List<Key> latches(Value request) {
        String bucket = new RowReader(request, Rows.VERSION).text();
        return List.of(BucketKeyspace.definition(bucket), BucketKeyspace.fence(bucket));
    }

    @Override
    public Decision handle(LeaderView view, Value request) {
        RowReader in = new RowReader(request, Rows.VERSION);
        String name = in.text();
        String account = in.text();
        Optional<Versioned> row = view.get(BucketKeyspace.definition(name));
        if (row.isEmpty()) {
            return Decision.answer(WriteAnswer.NO_SUCH_BUCKET.encode());
        }
        Bucket bucket = Rows.bucket(row.get().value());
        if (!bucket.account().equals(account)) {
            return Decision.answer(WriteAnswer.NOT_YOURS.encode());
        }
        boolean empty = view.scan(Scan.ascending(BucketKeyspace.manifests(bucket, ""), 1)).rows()
                .isEmpty()
                && view.scan(Scan.ascending(VersionKeyspace.allVersions(bucket, ""), 1)).rows()
                        .isEmpty()
                && view.scan(Scan.ascending(UploadKeyspace.uploads(bucket, ""), 1)).rows()
                        .isEmpty()
                && view.scan(Scan.ascending(UploadKeyspace.allDropped(bucket), 1)).rows()
                        .isEmpty();
        if (!empty) {
            return Decision.answer(WriteAnswer.NOT_EMPTY.encode());
        }
        return new Decision(
                Transaction.of(new Mutation.Delete(BucketKeyspace.definition(name)),
                        new Mutation.Delete(BucketKeyspace.fence(name)),
                        new Mutation.DeleteRange(SettingKeyspace.all(name))),
                WriteAnswer.DONE.encode());
    }
}
