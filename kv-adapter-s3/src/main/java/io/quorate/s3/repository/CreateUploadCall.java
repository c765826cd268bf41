package io.quorate.s3.repository;

import io.quorate.kv.Key;
import io.quorate.kv.LeaderHandler;
import io.quorate.kv.LeaderView;
import io.quorate.kv.Mutation;
import io.quorate.kv.Transaction;
import io.quorate.kv.Value;
import io.quorate.kv.row.RowReader;
import io.quorate.kv.row.RowWriter;
import io.quorate.s3.keyspace.BucketKeyspace;
import io.quorate.s3.keyspace.UploadKeyspace;
import io.quorate.s3.model.Bucket;
import io.quorate.s3.model.Upload;
import java.util.List;
import java.util.UUID;

/** Begins an upload. Its id begins with group time, so that uploads to one key sort by age. */
final class CreateUploadCall implements LeaderHandler {
    static final String NAME = "s3.CreateMultipartUpload";

    static Value request(String bucket, String account, Upload upload) {
        return UploadRows.write(new RowWriter(Rows.VERSION).text(bucket).text(account), upload)
                .toValue();
    }

    /** Uploads do not stand in each other's way: the id names the latch. */
    @Override
    public List<Key> latches(Value request) {
        RowReader in = new RowReader(request, Rows.VERSION);
        String bucket = in.text();
        in.text();
        return List.of(BucketKeyspace.writers(bucket, UploadRows.upload(in).name()));
    }

    @Override
    public Decision handle(LeaderView view, Value request) {
        RowReader in = new RowReader(request, Rows.VERSION);
        var fence = view.get(BucketKeyspace.fence(in.text()));
        if (fence.isEmpty()) {
            return WriteAnswer.NO_SUCH_BUCKET.decision();
        }
        Bucket bucket = Rows.bucket(fence.get().value());
        if (!bucket.account().equals(in.text())) {
            return WriteAnswer.NOT_YOURS.decision();
        }
        Upload asked = UploadRows.upload(in);
        long now = view.nowMillis();
        Upload upload = new Upload(new UUID(now, asked.id().getLeastSignificantBits()),
                asked.key(), asked.metadata(), asked.labels(), asked.checksums(),
                asked.encryption(), now);
        return new Decision(
                Transaction.of(new Mutation.Put(
                        UploadKeyspace.upload(bucket, upload.key(), upload.id()),
                        UploadRows.encode(upload))),
                WriteAnswer.DONE.write().id(upload.id()).toValue());
    }
}
