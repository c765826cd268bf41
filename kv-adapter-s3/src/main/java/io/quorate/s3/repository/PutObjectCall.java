package io.quorate.s3.repository;

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
import io.quorate.s3.model.Bucket;
import io.quorate.s3.model.BucketEvent;
import io.quorate.s3.model.Labels;
import io.quorate.s3.model.Manifest;
import io.quorate.s3.model.ObjectAddress;
import io.quorate.s3.model.ObjectLock;
import io.quorate.s3.model.VersionId;
import io.quorate.s3.model.Versioning;
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
     * @param payload its bytes
     * @param creation what queues are told
     */
    record Request(ObjectAddress address, String account, WriteCondition condition,
            Manifest manifest, Payload payload, BucketEvent.Creation creation) {
        Value encode() {
            RowWriter out = new RowWriter(Rows.VERSION).text(address.bucket()).text(address.key())
                    .text(account).octet(creation.code());
            write(out, condition);
            ManifestRows.write(out, manifest).bytes(payload.row().shared())
                    .flag(payload.file().isPresent());
            payload.file().ifPresent(blob -> BodyRows.write(out, blob));
            return out.toValue();
        }

        static void write(RowWriter out, WriteCondition condition) {
            switch (condition) {
                case WriteCondition.None none -> out.octet(NO_CONDITION);
                case WriteCondition.IfAbsent absent -> out.octet(IF_ABSENT);
                case WriteCondition.IfMatch(String etag) -> out.octet(IF_MATCH).text(etag);
            }
        }

        static Request decode(Value value) {
            RowReader in = new RowReader(value, Rows.VERSION);
            ObjectAddress address = new ObjectAddress(in.text(), in.text());
            String account = in.text();
            BucketEvent.Creation creation = BucketEvent.Creation.of(in.octet());
            WriteCondition condition = condition(in);
            Manifest manifest = ManifestRows.manifest(in);
            Value row = Value.of(in.bytes());
            Optional<StoredBlob> file = in.flag()
                    ? Optional.of(BodyRows.file(BodyRows.fileOf(manifest.body()), in))
                    : Optional.empty();
            return new Request(address, account, condition, manifest, new Payload(row, file),
                    creation);
        }

        static ObjectAddress address(Value value) {
            RowReader in = new RowReader(value, Rows.VERSION);
            return new ObjectAddress(in.text(), in.text());
        }

        static WriteCondition condition(RowReader in) {
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
         * @param version which version it is
         * @param manifest the object, if the leader made more of it than its time and version
         */
        record Stored(UUID body, WrittenVersion version, Optional<Manifest> manifest)
                implements
                    Answer {
            Stored(UUID body, WrittenVersion version) {
                this(body, version, Optional.empty());
            }

            private static Stored read(RowReader in) {
                return new Stored(in.id(), WrittenVersion.read(in), in.flag()
                        ? Optional.of(ManifestRows.manifest(in))
                        : Optional.empty());
            }

            private Value write() {
                RowWriter out = new RowWriter(Rows.VERSION).octet(STORED).id(body);
                version.write(out);
                out.flag(manifest.isPresent());
                manifest.ifPresent(made -> ManifestRows.write(out, made));
                return out.toValue();
            }
        }

        /** It is not. */
        record Refused(Reason reason) implements Answer {}

        /** Reads what a call answered. */
        static Answer decode(Value value) {
            RowReader in = new RowReader(value, Rows.VERSION);
            int code = in.octet();
            return code == STORED ? Stored.read(in) : new Refused(Reason.of(code));
        }

        /** What the caller gets. */
        default Value encode() {
            return switch (this) {
                case Stored stored -> stored.write();
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
        EXPIRED(6), NO_SUCH_UPLOAD(7), INVALID_PART(8), TOO_SMALL(9), BAD_DIGEST(10), BAD_SIZE(11),
        /** Only versions of a bucket with object lock can be locked. */
        NO_LOCK(12);

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

        Decision decision() {
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
        Labels labels = put.manifest().labels();
        if (bucket.lock().isEmpty() && (labels.legalHold() || labels.retention().isPresent())) {
            return Reason.NO_LOCK.decision();
        }
        VersionStack versions = new VersionStack(view, blobs, bucket, put.address().key());
        return verdict(put.condition(), versions.latest()).map(Reason::decision)
                .orElseGet(() -> publish(view, bucket, put, versions));
    }

    /** Empty if the condition holds. */
    static Optional<Reason> verdict(WriteCondition condition,
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
            VersionStack versions) {
        if (put.payload().file().isEmpty()) {
            UUID id = BodyRows.rowOf(put.manifest().body());
            return publish(bucket, put, versions, id, Transaction
                    .of(new Mutation.Put(BucketKeyspace.body(bucket, id), put.payload().row())),
                    view);
        }
        StoredBlob file = put.payload().file().get();
        return switch (blobs.reference(view, file)) {
            case BlobStore.Reference.Granted(Transaction reference) ->
                publish(bucket, put, versions, file.ref().id(), reference, view);
            case BlobStore.Reference.Misplaced misplaced -> Reason.MISPLACED.decision();
            case BlobStore.Reference.Expired expired -> Reason.EXPIRED.decision();
        };
    }

    private static Decision publish(Bucket bucket, Request put, VersionStack versions, UUID body,
            Transaction reference, LeaderView view) {
        List<Mutation> mutations = new ArrayList<>(reference.mutations());
        Manifest written = versions.push(locked(bucket, put.manifest(), view.nowMillis()),
                body.getLeastSignificantBits(), put.creation());
        mutations.addAll(versions.mutations());
        return new Decision(new Transaction(reference.conditions(), mutations),
                new Answer.Stored(body, named(bucket, written.version(), versions.dropped()))
                        .encode());
    }

    /** The object with the bucket's retention, unless its writer asked for one. */
    static Manifest locked(Bucket bucket, Manifest asked, long nowMillis) {
        if (asked.labels().retention().isPresent()) {
            return asked;
        }
        return asked.with(asked.labels().withRetention(bucket.lock().flatMap(ObjectLock::rule)
                .map(rule -> rule.from(nowMillis))));
    }

    /** The version as answers name it. */
    static WrittenVersion named(Bucket bucket, VersionId version, Optional<UUID> dropped) {
        return new WrittenVersion(bucket.versioning() == Versioning.NEVER
                ? Optional.empty()
                : Optional.of(version.text()), false, dropped);
    }
}
