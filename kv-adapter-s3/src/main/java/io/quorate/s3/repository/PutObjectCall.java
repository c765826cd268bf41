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
import java.util.UUID;

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
            file.ifPresent(blob -> write(out, blob));
            return out.toValue();
        }

        private static void write(RowWriter out, StoredBlob blob) {
            out.number(blob.reservationVersion()).number(blob.expiresAtMillis())
                    .number(blob.configuration()).octet(blob.holders().size());
            blob.holders().forEach(out::text);
        }

        private static StoredBlob file(Manifest manifest, RowReader in) {
            BlobRef ref = ((Body.InFile) manifest.body()).ref();
            long version = in.longNumber();
            long expiresAtMillis = in.longNumber();
            long configuration = in.longNumber();
            List<String> holders = new ArrayList<>();
            for (int left = in.octet(); left > 0; left--) {
                holders.add(in.text());
            }
            return new StoredBlob(ref, version, expiresAtMillis, configuration, holders);
        }

        static Request decode(Value value) {
            RowReader in = new RowReader(value, Rows.VERSION);
            ObjectAddress address = new ObjectAddress(in.text(), in.text());
            String account = in.text();
            WriteCondition condition = condition(in);
            Manifest manifest = Rows.manifest(in);
            Value row = Value.of(in.bytes());
            Optional<StoredBlob> file = in.flag()
                    ? Optional.of(file(manifest, in))
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

    /** What became of it; an answer is kept with the request's retry id. */
    sealed interface Answer {
        /**
         * It is published.
         *
         * @param body the body that was: another one's than the request's, if an earlier attempt was
         */
        record Stored(UUID body) implements Answer {}

        /** It is not. */
        record Refused(Reason reason) implements Answer {}

        /** Reads what a call answered. */
        static Answer decode(Value value) {
            RowReader in = new RowReader(value, Rows.VERSION);
            int code = in.octet();
            return code == STORED ? new Stored(in.id()) : new Refused(Reason.of(code));
        }

        /** What the caller gets. */
        default Value encode() {
            return switch (this) {
                case Stored(UUID body) -> new RowWriter(Rows.VERSION).octet(STORED).id(body)
                        .toValue();
                case Refused(Reason reason) ->
                    new RowWriter(Rows.VERSION).octet(reason.code).toValue();
            };
        }
    }

    private static final int STORED = 0;

    /** Why nothing was published. */
    enum Reason {
        NO_SUCH_BUCKET(1), NOT_YOURS(2), PRECONDITION_FAILED(3), NO_SUCH_KEY(4),
        /** The members that hold bodies have changed: place the file anew. */
        MISPLACED(5),
        /** The file's reservation has ended: write it again. */
        EXPIRED(6);

        private final int code;

        Reason(int code) {
            this.code = code;
        }

        static Reason of(int code) {
            for (Reason reason : values()) {
                if (reason.code == code) {
                    return reason;
                }
            }
            throw new IllegalStateException("an answer of kind " + code);
        }

        private Decision decision() {
            return Decision.answer(new Answer.Refused(this).encode());
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
            return Reason.NO_SUCH_BUCKET.decision();
        }
        Bucket bucket = Rows.bucket(fence.get().value());
        if (!bucket.account().equals(put.account())) {
            return Reason.NOT_YOURS.decision();
        }
        Key key = BucketKeyspace.manifest(bucket, put.address().key());
        Optional<Manifest> existing = view.get(key)
                .map(row -> Rows.manifest(new RowReader(row.value(), Rows.VERSION)));
        return verdict(put.condition(), existing).map(Reason::decision)
                .orElseGet(() -> publish(view, bucket, put, existing));
    }

    /** Empty if the condition holds. */
    private static Optional<Reason> verdict(WriteCondition condition,
            Optional<Manifest> existing) {
        return switch (condition) {
            case WriteCondition.None none -> Optional.empty();
            case WriteCondition.IfAbsent absent -> existing.map(any -> Reason.PRECONDITION_FAILED);
            case WriteCondition.IfMatch(String etag) -> existing.isEmpty()
                    ? Optional.of(Reason.NO_SUCH_KEY)
                    : existing.filter(manifest -> !manifest.etag().equals(etag))
                            .map(other -> Reason.PRECONDITION_FAILED);
        };
    }

    private Decision publish(LeaderView view, Bucket bucket, Request put,
            Optional<Manifest> existing) {
        if (put.file().isEmpty()) {
            UUID id = ((Body.InRow) put.manifest().body()).id();
            Transaction row = Transaction
                    .of(new Mutation.Put(BucketKeyspace.body(bucket, id), put.row()));
            return new Decision(publish(view, bucket, put, existing, row),
                    new Answer.Stored(id).encode());
        }
        StoredBlob file = put.file().get();
        return switch (blobs.reference(view, file)) {
            case BlobStore.Reference.Granted(Transaction reference) ->
                new Decision(publish(view, bucket, put, existing, reference),
                        new Answer.Stored(file.ref().id()).encode());
            case BlobStore.Reference.Misplaced misplaced -> Reason.MISPLACED.decision();
            case BlobStore.Reference.Expired expired -> Reason.EXPIRED.decision();
        };
    }

    private Transaction publish(LeaderView view, Bucket bucket, Request put,
            Optional<Manifest> existing, Transaction body) {
        Manifest asked = put.manifest();
        Manifest stored = new Manifest(asked.body(), asked.md5(), asked.metadata(),
                asked.checksum(), view.nowMillis());
        List<Mutation> mutations = new ArrayList<>(body.mutations());
        existing.ifPresent(old -> mutations.add(Bodies.end(blobs, bucket, old.body())));
        mutations.add(new Mutation.Put(BucketKeyspace.manifest(bucket, put.address().key()),
                Rows.write(new RowWriter(Rows.VERSION), stored).toValue()));
        return new Transaction(body.conditions(), mutations);
    }
}
