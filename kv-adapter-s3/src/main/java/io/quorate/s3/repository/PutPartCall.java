package io.quorate.s3.repository;

import io.quorate.kv.BlobStore;
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
import io.quorate.s3.model.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Publishes a part of an upload that is still open, and ends the life of the one it replaces. */
final class PutPartCall implements LeaderHandler {
    static final String NAME = "s3.UploadPart";

    private final BlobStore blobs;

    PutPartCall(BlobStore blobs) {
        this.blobs = blobs;
    }

    /** What to publish: a part of an upload to an address, with its bytes. */
    record Request(ObjectAddress address, String account, UUID upload, Part part,
            Payload payload) {
        Value encode() {
            RowWriter out = new RowWriter(Rows.VERSION).text(address.bucket()).text(address.key())
                    .text(account).id(upload);
            UploadRows.write(out, part).bytes(payload.row().shared())
                    .flag(payload.file().isPresent());
            payload.file().ifPresent(file -> BodyRows.write(out, file));
            return out.toValue();
        }

        static Request decode(Value value) {
            RowReader in = new RowReader(value, Rows.VERSION);
            ObjectAddress address = new ObjectAddress(in.text(), in.text());
            String account = in.text();
            UUID upload = in.id();
            Part part = UploadRows.part(in);
            Value row = Value.of(in.bytes());
            return new Request(address, account, upload, part, new Payload(row, in.flag()
                    ? Optional.of(BodyRows.file(BodyRows.fileOf(part.body()), in))
                    : Optional.empty()));
        }
    }

    /** Writers of one part take turns; whoever completes the upload makes them fail. */
    @Override
    public List<Key> latches(Value value) {
        Request request = Request.decode(value);
        return List.of(BucketKeyspace.writers(request.address().bucket(),
                request.upload() + "/" + request.part().number()));
    }

    @Override
    public Decision handle(LeaderView view, Value value) {
        Request request = Request.decode(value);
        var found = view.get(BucketKeyspace.fence(request.address().bucket()));
        if (found.isEmpty()) {
            return PutObjectCall.Reason.NO_SUCH_BUCKET.decision();
        }
        Bucket bucket = Rows.bucket(found.get().value());
        if (!bucket.account().equals(request.account())) {
            return PutObjectCall.Reason.NOT_YOURS.decision();
        }
        Key upload = UploadKeyspace.upload(bucket, request.address().key(), request.upload());
        return view.get(upload).isEmpty()
                ? PutObjectCall.Reason.NO_SUCH_UPLOAD.decision()
                : publish(view, bucket, request);
    }

    private Decision publish(LeaderView view, Bucket bucket, Request request) {
        if (request.payload().file().isEmpty()) {
            UUID id = BodyRows.rowOf(request.part().body());
            return publish(view, bucket, request, id, Transaction.of(new Mutation.Put(
                    BucketKeyspace.body(bucket, id), request.payload().row())));
        }
        var file = request.payload().file().get();
        return switch (blobs.reference(view, file)) {
            case BlobStore.Reference.Granted(Transaction reference) ->
                publish(view, bucket, request, file.ref().id(), reference);
            case BlobStore.Reference.Misplaced misplaced ->
                PutObjectCall.Reason.MISPLACED.decision();
            case BlobStore.Reference.Expired expired -> PutObjectCall.Reason.EXPIRED.decision();
        };
    }

    private Decision publish(LeaderView view, Bucket bucket, Request request, UUID body,
            Transaction reference) {
        Part asked = request.part();
        Key key = UploadKeyspace.part(bucket, request.upload(), asked.number());
        List<Mutation> mutations = new ArrayList<>(reference.mutations());
        view.get(key).map(row -> UploadRows.part(row.value()))
                .ifPresent(old -> mutations.add(Bodies.end(blobs, bucket, old.body())));
        mutations.add(new Mutation.Put(key, UploadRows.encode(new Part(asked.number(),
                asked.body(), asked.md5(), asked.checksum(), view.nowMillis()))));
        return new Decision(new Transaction(reference.conditions(), mutations),
                new PutObjectCall.Answer.Stored(body, WrittenVersion.UNNAMED).encode());
    }
}
