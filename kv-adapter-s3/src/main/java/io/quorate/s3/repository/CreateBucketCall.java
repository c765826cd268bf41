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
import io.quorate.s3.keyspace.SettingKeyspace;
import io.quorate.s3.model.Bucket;
import io.quorate.s3.model.Element;
import io.quorate.s3.setting.SettingKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Creates a bucket with its fence, if the name is free. The answer is the bucket that has the name now, and whether this call made it.
 */
final class CreateBucketCall implements LeaderHandler {
    static final String NAME = "s3.CreateBucket";

    /** The bucket but for its time, and what is set with it. */
    static Value request(Bucket bucket, Map<SettingKind, Element> settings) {
        RowWriter out = new RowWriter(Rows.VERSION).bytes(Rows.encode(bucket).shared())
                .number(settings.size());
        settings.forEach((kind, setting) -> SettingRows.write(out.octet(kind.id()), setting));
        return out.toValue();
    }

    private static Bucket bucket(RowReader request) {
        return Rows.bucket(Value.of(request.bytes()));
    }

    private static List<Mutation> settings(Bucket bucket, RowReader request) {
        List<Mutation> settings = new ArrayList<>();
        for (int left = request.number(); left > 0; left--) {
            settings.add(new Mutation.Put(SettingKeyspace.setting(bucket.name(), request.octet()),
                    SettingRows.encode(bucket.id(), SettingRows.element(request))));
        }
        return settings;
    }

    @Override
    public List<Key> latches(Value request) {
        return List.of(BucketKeyspace
                .definition(bucket(new RowReader(request, Rows.VERSION)).name()));
    }

    @Override
    public Decision handle(LeaderView view, Value request) {
        RowReader in = new RowReader(request, Rows.VERSION);
        Bucket asked = bucket(in);
        Key key = BucketKeyspace.definition(asked.name());
        Optional<Versioned> existing = view.get(key);
        if (existing.isPresent()) {
            return Decision.answer(answer(false, existing.get().value()));
        }
        Value row = Rows.encode(asked.createdAt(view.nowMillis()));
        List<Mutation> mutations = settings(asked, in);
        mutations.add(new Mutation.Put(key, row));
        mutations.add(new Mutation.Put(BucketKeyspace.fence(asked.name()), row));
        return new Decision(new Transaction(List.of(), mutations), answer(true, row));
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
