package io.quorate.s3.repository;

import io.quorate.kv.BlobRef;
import io.quorate.kv.BlobStore;
import io.quorate.kv.BlobStore.StoredBlob;
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
import io.quorate.s3.model.Body;
import io.quorate.s3.model.Bucket;
import io.quorate.s3.model.Manifest;
import io.quorate.s3.model.ObjectAddress;
import io.quorate.s3.model.WriteCondition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Publishes an object: its manifest, its body if that is a row, or the reference to its file; and
 * ends the life of the body it replaces. All in one transaction.
 */
final class PutObjectCall implements LeaderHandler {
    static final String NAME = "s3.PutObject";
    private static final int NO_CONDITION = 0;
    private static final int IF_ABSENT = 1;
    private static final int IF_MATCH = 2;

    private final BlobStore blobs;

    /** @param blobs only says what to demand and to change for a file; nothing is read or written */
    PutObjectCall(BlobStore blobs) {
        this.blobs = blobs;
    }

    /**
     * What to publish.
     *
     * @param address where
     * @param account whose bucket it must be
     * @param condition what must hold
     * @param manifest the object; its time is given at the leader
     * @param row the body's bytes if it is a row, else empty
     * @param file the file if it is one
     */
    record Request(ObjectAddress address, String account, WriteCondition condition,
            Manifest manifest, Value row, Optional<StoredBlob> file) {
        Value encode() {
            RowWriter out = new RowWriter(Rows.VERSION).text(address.bucket()).text(address.key())
                    .text(account);
            switch (condition) {
                case WriteCondition.None none -> out.octet(NO_CONDITION);
                case WriteCondition.IfAbsent absent -> out.octet(IF_ABSENT);
                case WriteCondition.IfMatch(String etag) -> out.octet(IF_MATCH).text(etag);
            }
            Rows.write(out, manifest).bytes(row.shared()).flag(file.isPresent());
            file.ifPresent(
                    blob -> out.number(blob.reservationVersion()).number(blob.expiresAtMillis()));
            return out.toValue();
        }

        static Request decode(Value value) {
            RowReader in = new RowReader(value, Rows.VERSION);
            ObjectAddress address = new ObjectAddress(in.text(), in.text());
            String account = in.text();
            WriteCondition condition = condition(in);
            Manifest manifest = Rows.manifest(in);
            Value row = Value.of(in.bytes());
            Optional<StoredBlob> file = in.flag()
                    ? Optional.of(new StoredBlob(((Body.InFile) manifest.body()).ref(),
                            in.longNumber(), in.longNumber()))
                    : Optional.empty();
            return new Request(address, account, condition, manifest, row, file);
        }

        static ObjectAddress address(Value value) {
            RowReader in = new RowReader(value, Rows.VERSION);
            return new ObjectAddress(in.text(), in.text());
        }

        private static WriteCondition condition(RowReader in) {
            int kind = in.octet();
            return switch (kind) {
                case NO_CONDITION -> new WriteCondition.None();
                case IF_ABSENT -> new WriteCondition.IfAbsent();
                case IF_MATCH -> new WriteCondition.IfMatch(in.text());
                default -> throw new IllegalStateException("a condition of kind " + kind);
            };
        }
    }

    /** What became of it. */
    enum Answer {
        STORED(0), NO_SUCH_BUCKET(1), NOT_YOURS(2), PRECONDITION_FAILED(3), NO_SUCH_KEY(4);

        private final int code;

        Answer(int code) {
            this.code = code;
        }

        static Answer decode(Value value) {
            int code = new RowReader(value, Rows.VERSION).octet();
            for (Answer answer : values()) {
                if (answer.code == code) {
                    return answer;
                }
            }
            throw new IllegalStateException("an answer of kind " + code);
        }

        Value encode() {
            return new RowWriter(Rows.VERSION).octet(code).toValue();
        }

        private Decision decision() {
            return Decision.answer(encode());
        }
    }

    /** Writers of one object take turns. */
    @Override
    public List<Key> latches(Value request) {
        ObjectAddress address = Request.address(request);
        return List.of(BucketKeyspace.writers(address.bucket(), address.key()));
    }

    @Override
    public Decision handle(LeaderView view, Value request) {
        Request put = Request.decode(request);
        Optional<Versioned> fence = view.get(BucketKeyspace.fence(put.address().bucket()));
        if (fence.isEmpty()) {
            return Answer.NO_SUCH_BUCKET.decision();
        }
        Bucket bucket = Rows.bucket(fence.get().value());
        if (!bucket.account().equals(put.account())) {
            return Answer.NOT_YOURS.decision();
        }
        Key key = BucketKeyspace.manifest(bucket, put.address().key());
        Optional<Manifest> existing = view.get(key)
                .map(row -> Rows.manifest(new RowReader(row.value(), Rows.VERSION)));
        Answer verdict = verdict(put.condition(), existing);
        return verdict == Answer.STORED
                ? new Decision(publish(view, bucket, put, existing), verdict.encode())
                : verdict.decision();
    }

    private static Answer verdict(WriteCondition condition, Optional<Manifest> existing) {
        return switch (condition) {
            case WriteCondition.None none -> Answer.STORED;
            case WriteCondition.IfAbsent absent ->
                existing.isEmpty() ? Answer.STORED : Answer.PRECONDITION_FAILED;
            case WriteCondition.IfMatch(String etag) -> existing
                    .map(manifest -> manifest.etag().equals(etag)
                            ? Answer.STORED
                            : Answer.PRECONDITION_FAILED)
                    .orElse(Answer.NO_SUCH_KEY);
        };
    }

    private Transaction publish(LeaderView view, Bucket bucket, Request put,
            Optional<Manifest> existing) {
        Manifest asked = put.manifest();
        Manifest stored = new Manifest(asked.body(), asked.md5(), asked.metadata(),
                asked.checksum(), view.nowMillis());
        Transaction body = put.file().map(blobs::reference)
                .orElseGet(() -> Transaction.of(new Mutation.Put(
                        BucketKeyspace.body(bucket, ((Body.InRow) asked.body()).id()),
                        put.row())));
        List<Mutation> mutations = new ArrayList<>(body.mutations());
        existing.ifPresent(old -> mutations.add(endOf(bucket, old.body())));
        mutations.add(new Mutation.Put(BucketKeyspace.manifest(bucket, put.address().key()),
                Rows.write(new RowWriter(Rows.VERSION), stored).toValue()));
        return new Transaction(body.conditions(), mutations);
    }

    private Mutation endOf(Bucket bucket, Body body) {
        return switch (body) {
            case Body.InRow(var id, long length) ->
                new Mutation.Delete(BucketKeyspace.body(bucket, id));
            case Body.InFile(BlobRef ref) -> blobs.release(ref);
        };
    }
}
