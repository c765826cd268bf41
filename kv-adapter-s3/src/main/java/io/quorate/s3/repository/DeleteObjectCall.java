package io.quorate.s3.repository;

import io.quorate.kv.BlobStore;
import io.quorate.kv.Key;
import io.quorate.kv.LeaderHandler;
import io.quorate.kv.LeaderView;
import io.quorate.kv.Transaction;
import io.quorate.kv.Value;
import io.quorate.kv.row.RowReader;
import io.quorate.kv.row.RowWriter;
import io.quorate.s3.keyspace.BucketKeyspace;
import io.quorate.s3.model.Bucket;
import io.quorate.s3.model.DeleteMarker;
import io.quorate.s3.model.Manifest;
import io.quorate.s3.model.ObjectAddress;
import io.quorate.s3.model.ObjectVersion;
import io.quorate.s3.model.Versioning;
import java.util.List;
import java.util.Optional;

/** Deletes an object, or one version of it, and ends the life of its body, in one transaction. */
final class DeleteObjectCall implements LeaderHandler {
    static final String NAME = "s3.DeleteObject";

    private final BlobStore blobs;

    /** @param blobs only says what to change for a file */
    DeleteObjectCall(BlobStore blobs) {
        this.blobs = blobs;
    }

    /**
     * What to delete.
     *
     * @param address which object
     * @param account whose bucket it must be
     * @param deletion which version, and under which conditions
     * @param random names a marker
     */
    record Request(ObjectAddress address, String account, Deletion deletion, long random) {
        Value encode() {
            return new RowWriter(Rows.VERSION).text(address.bucket()).text(address.key())
                    .text(account).text(deletion.ifMatch()).text(deletion.versionId())
                    .flag(deletion.bypassGovernance()).number(random).toValue();
        }

        static Request decode(Value value) {
            RowReader in = new RowReader(value, Rows.VERSION);
            return new Request(new ObjectAddress(in.text(), in.text()), in.text(),
                    new Deletion(in.optionalText(), in.optionalText(), in.flag()),
                    in.longNumber());
        }
    }

    @Override
    public List<Key> latches(Value request) {
        ObjectAddress address = Request.decode(request).address();
        return List.of(BucketKeyspace.writers(address.bucket(), address.key()));
    }

    @Override
    public Decision handle(LeaderView view, Value value) {
        Request request = Request.decode(value);
        String name = request.address().bucket();
        Optional<Bucket> bucket = view.get(BucketKeyspace.fence(name))
                .map(row -> Rows.bucket(row.value()));
        if (bucket.isEmpty()) {
            return WriteAnswer.NO_SUCH_BUCKET.decision();
        }
        if (!bucket.get().account().equals(request.account())) {
            return WriteAnswer.NOT_YOURS.decision();
        }
        VersionStack versions = new VersionStack(view, blobs, bucket.get(),
                request.address().key());
        return request.deletion().versionId().isPresent()
                ? version(view, request, versions, request.deletion().versionId().get())
                : latest(bucket.get(), request, versions);
    }

    private static Decision latest(Bucket bucket, Request request, VersionStack versions) {
        Optional<Manifest> latest = versions.latest();
        if (latest.isPresent() && !request.deletion().matches(latest.get())) {
            return WriteAnswer.PRECONDITION_FAILED.decision();
        }
        if (bucket.versioning() == Versioning.NEVER) {
            if (latest.isEmpty()) {
                return Decision.answer(answer(WrittenVersion.UNNAMED));
            }
            versions.removeLatest();
            return done(versions,
                    new WrittenVersion(Optional.empty(), false, versions.dropped()));
        }
        DeleteMarker marker = versions.pushMarker(request.random());
        return done(versions,
                new WrittenVersion(Optional.of(marker.version().text()), true,
                        versions.dropped()));
    }

    private static Decision version(LeaderView view, Request request, VersionStack versions,
            String versionId) {
        Optional<ObjectVersion> found = versions.find(versionId);
        boolean isMarker = found.filter(DeleteMarker.class::isInstance).isPresent();
        WrittenVersion gone = new WrittenVersion(Optional.of(versionId), isMarker,
                Optional.empty());
        if (found.isEmpty()) {
            return Decision.answer(answer(gone));
        }
        if (found.get() instanceof Manifest manifest) {
            if (!request.deletion().matches(manifest)) {
                return WriteAnswer.PRECONDITION_FAILED.decision();
            }
            if (manifest.labels().forbidDeletion(view.nowMillis(),
                    request.deletion().bypassGovernance())) {
                return WriteAnswer.LOCKED.decision();
            }
        }
        versions.remove(found.get());
        return done(versions,
                new WrittenVersion(gone.versionId(), isMarker, versions.dropped()));
    }

    private static Decision done(VersionStack versions, WrittenVersion what) {
        return new Decision(new Transaction(List.of(), versions.mutations()), answer(what));
    }

    private static Value answer(WrittenVersion version) {
        RowWriter out = WriteAnswer.DONE.write();
        version.write(out);
        return out.toValue();
    }
}
