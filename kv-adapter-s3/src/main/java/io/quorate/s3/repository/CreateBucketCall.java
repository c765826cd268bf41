package io.quorate.s3.repository;

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
import java.util.List;
import java.util.Optional;

/**
 * Creates a bucket with its fence, if the name is free. The request is the bucket's row but for its
 * time; the answer is the bucket that has the name now, and whether this call made it.
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
            return Decision.answer(answer(false, existing.get().value()));
        }
        Value row = Rows.encode(asked.createdAt(view.nowMillis()));
        return new Decision(
                Transaction.of(new Mutation.Put(key, row),
                        new Mutation.Put(BucketKeyspace.fence(asked.name()), row)),
                answer(true, row));
    }

    private static Value answer(boolean isNew, Value row) {
        return new RowWriter(Rows.VERSION).flag(isNew).bytes(row.shared()).toValue();
    }

    static BucketRepository.Creation creation(Value answer) {
        RowReader in = new RowReader(answer, Rows.VERSION);
        boolean isNew = in.flag();
        return new BucketRepository.Creation(Rows.bucket(Value.of(in.bytes())), isNew);
    }
}
