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
import io.quorate.s3.model.ObjectAddress;
import io.quorate.s3.model.PartNumbers;
import java.util.List;
import java.util.UUID;

/** Ends an upload without an object; its parts are named to be dropped. */
final class AbortUploadCall implements LeaderHandler {
    static final String NAME = "s3.AbortMultipartUpload";

    static Value request(ObjectAddress address, String account, UUID upload) {
        return new RowWriter(Rows.VERSION).text(address.bucket()).text(address.key())
                .text(account).id(upload).toValue();
    }

    @Override
    public List<Key> latches(Value request) {
        RowReader in = new RowReader(request, Rows.VERSION);
        return List.of(BucketKeyspace.writers(in.text(), in.text()));
    }

    @Override
    public Decision handle(LeaderView view, Value request) {
        RowReader in = new RowReader(request, Rows.VERSION);
        var fence = view.get(BucketKeyspace.fence(in.text()));
        String objectKey = in.text();
        if (fence.isEmpty()) {
            return WriteAnswer.NO_SUCH_BUCKET.decision();
        }
        Bucket bucket = Rows.bucket(fence.get().value());
        if (!bucket.account().equals(in.text())) {
            return WriteAnswer.NOT_YOURS.decision();
        }
        UUID id = in.id();
        Key upload = UploadKeyspace.upload(bucket, objectKey, id);
        if (view.get(upload).isEmpty()) {
            return WriteAnswer.NO_SUCH_UPLOAD.decision();
        }
        return new Decision(
                Transaction.of(new Mutation.Delete(upload),
                        Bodies.drop(bucket, id, new PartNumbers(List.of()))),
                WriteAnswer.DONE.encode());
    }
}
