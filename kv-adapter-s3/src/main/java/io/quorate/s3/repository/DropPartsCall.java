package io.quorate.s3.repository;

import io.quorate.kv.BlobStore;
import io.quorate.kv.Key;
import io.quorate.kv.KeyRange;
import io.quorate.kv.LeaderHandler;
import io.quorate.kv.LeaderView;
import io.quorate.kv.Mutation;
import io.quorate.kv.Scan;
import io.quorate.kv.Transaction;
import io.quorate.kv.Value;
import io.quorate.kv.row.RowReader;
import io.quorate.kv.row.RowWriter;
import io.quorate.s3.keyspace.BucketKeyspace;
import io.quorate.s3.keyspace.UploadKeyspace;
import io.quorate.s3.model.Bucket;
import io.quorate.s3.model.Part;
import io.quorate.s3.model.PartNumbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Releases some of the parts that were named to be dropped; says whether there are more. */
final class DropPartsCall implements LeaderHandler {
    static final String NAME = "s3.DropParts";
    /** Parts of one step; each is two changes. */
    private static final int STEP = 500;

    private final BlobStore blobs;

    DropPartsCall(BlobStore blobs) {
        this.blobs = blobs;
    }

    /** @param after the last part that was looked at */
    static Value request(String bucket, UUID upload, int after) {
        return new RowWriter(Rows.VERSION).text(bucket).id(upload).number(after).toValue();
    }

    /** The part after which to go on; empty at the end. */
    static Optional<Integer> next(Value answer) {
        int after = new RowReader(answer, Rows.VERSION).number();
        return after == 0 ? Optional.empty() : Optional.of(after);
    }

    @Override
    public List<Key> latches(Value request) {
        RowReader in = new RowReader(request, Rows.VERSION);
        return List.of(BucketKeyspace.writers(in.text(), in.id().toString()));
    }

    @Override
    public Decision handle(LeaderView view, Value request) {
        RowReader in = new RowReader(request, Rows.VERSION);
        var fence = view.get(BucketKeyspace.fence(in.text()));
        UUID upload = in.id();
        int after = in.number();
        if (fence.isEmpty()) {
            return Decision.answer(answer(0));
        }
        Bucket bucket = Rows.bucket(fence.get().value());
        Key dropped = UploadKeyspace.dropped(bucket, upload);
        return view.get(dropped)
                .map(row -> drop(view, bucket, upload, after,
                        BodyRows.numbers(new RowReader(row.value(), Rows.VERSION))))
                .orElseGet(() -> Decision.answer(answer(0)));
    }

    private Decision drop(LeaderView view, Bucket bucket, UUID upload, int after,
            PartNumbers kept) {
        KeyRange rest = new KeyRange(UploadKeyspace.part(bucket, upload, after + 1),
                UploadKeyspace.parts(bucket, upload).end());
        var page = view.scan(Scan.ascending(rest, STEP));
        List<Mutation> mutations = new ArrayList<>();
        int last = after;
        for (var row : page.rows()) {
            Part part = UploadRows.part(row.value());
            last = part.number();
            if (!kept.contains(last)) {
                mutations.add(new Mutation.Delete(row.key()));
                mutations.add(Bodies.end(blobs, bucket, part.body()));
            }
        }
        if (!page.more()) {
            mutations.add(new Mutation.Delete(UploadKeyspace.dropped(bucket, upload)));
        }
        return new Decision(new Transaction(List.of(), mutations), answer(page.more() ? last : 0));
    }

    private static Value answer(int after) {
        return new RowWriter(Rows.VERSION).number(after).toValue();
    }
}
