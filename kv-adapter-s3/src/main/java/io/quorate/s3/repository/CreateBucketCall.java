package io.quorate.s3.repository;

import io.quorate.kv.Key;
import io.quorate.kv.LeaderHandler;
import io.quorate.kv.LeaderView;
import io.quorate.kv.Mutation;
import io.quorate.kv.Transaction;
import io.quorate.kv.Value;
import io.quorate.kv.Versioned;
import io.quorate.s3.keyspace.BucketKeyspace;
import io.quorate.s3.model.Bucket;
import java.util.List;
import java.util.Optional;

/**
 * Creates a bucket with its fence, if the name is free. The request is the bucket's row but for its
 * time; the answer is the row of the bucket that has the name now.
 */
final class CreateBucketCall implements LeaderHandler {
    static final String NAME = "s3.CreateBucket";

    @Override
    public List<Key> latches(Value request) {
        return List.of(BucketKeyspace.definition(Rows.bucket(request).name()));
    }

    @Override
    public Decision handle(LeaderView view, Value request) {
        Bucket asked = Rows.bucket(request);
        Key key = BucketKeyspace.definition(asked.name());
        Optional<Versioned> existing = view.get(key);
        if (existing.isPresent()) {
            return Decision.answer(existing.get().value());
        }
        Value row = Rows.encode(new Bucket(asked.id(), asked.name(), asked.account(),
                asked.region(), view.nowMillis()));
        return new Decision(
                Transaction.of(new Mutation.Put(key, row),
                        new Mutation.Put(BucketKeyspace.fence(asked.name()), row)),
                row);
    }
}
