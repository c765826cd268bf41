package io.quorate.s3.repository;

import io.quorate.kv.BlobStore;
import io.quorate.kv.Key;
import io.quorate.kv.LeaderView;
import io.quorate.kv.Mutation;
import io.quorate.kv.Scan;
import io.quorate.kv.Value;
import io.quorate.kv.Versioned;
import io.quorate.kv.row.RowReader;
import io.quorate.kv.row.RowWriter;
import io.quorate.s3.keyspace.BucketKeyspace;
import io.quorate.s3.keyspace.VersionKeyspace;
import io.quorate.s3.model.Body;
import io.quorate.s3.model.Bucket;
import io.quorate.s3.model.BucketEvent;
import io.quorate.s3.model.DeleteMarker;
import io.quorate.s3.model.Manifest;
import io.quorate.s3.model.ObjectVersion;
import io.quorate.s3.model.VersionId;
import io.quorate.s3.model.Versioning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The versions of one object at the leader, and what changes when one comes or goes. Gathers mutations;
 * one use, not thread-safe.
 */
final class VersionStack {
    private static final int SEQUENCES_OF_A_MILLI = 16;

    private final LeaderView view;
    private final BlobStore blobs;
    private final Bucket bucket;
    private final String objectKey;
    private final Key latestKey;
    private final Optional<Manifest> latest;
    private Optional<UUID> dropped = Optional.empty();
    private final List<Mutation> mutations = new ArrayList<>();
    private boolean silent;

    VersionStack(LeaderView view, BlobStore blobs, Bucket bucket, String objectKey) {
        this.view = view;
        this.blobs = blobs;
        this.bucket = bucket;
        this.objectKey = objectKey;
        this.latestKey = BucketKeyspace.manifest(bucket, objectKey);
        this.latest = view.get(latestKey).map(row -> Rows.manifest(row.value()));
    }

    /** The object as it is now; empty if there is none or it is deleted. */
    Optional<Manifest> latest() {
        return latest;
    }

    /** What was gathered. */
    List<Mutation> mutations() {
        return mutations;
    }

    /** The version of that name. */
    Optional<ObjectVersion> find(String versionId) {
        if (latest.filter(manifest -> manifest.version().text().equals(versionId)).isPresent()) {
            return latest.map(manifest -> manifest);
        }
        Optional<Long> sequence = versionId.equals(VersionId.NULL)
                ? nullSequence()
                : VersionId.parse(versionId).map(VersionId::sequence);
        return sequence
                .flatMap(at -> view.get(VersionKeyspace.version(bucket, objectKey, at)))
                .map(row -> ManifestRows.older(row.value()))
                .filter(version -> version.version().text().equals(versionId));
    }

    /** Makes the manifest the object; returns it as it is written. */
    Manifest push(Manifest asked, long random) {
        return push(asked, random, BucketEvent.Creation.PUT);
    }

    /** The same, told as another creation. */
    Manifest push(Manifest asked, long random, BucketEvent.Creation creation) {
        Manifest written = asked.written(view.nowMillis(), next(random));
        makeRoom(written.version());
        tell(creation.event(), Optional.of(written), written.version(),
                written.version().sequence());
        mutations.add(new Mutation.Put(latestKey, ManifestRows.encode(written)));
        return written;
    }

    /** Puts a marker on top; returns it. Only where versions are, or were, kept. */
    DeleteMarker pushMarker(long random) {
        DeleteMarker marker = new DeleteMarker(next(random), view.nowMillis());
        makeRoom(marker.version());
        tell(BucketEvent.MARKED, Optional.empty(), marker.version(), marker.version().sequence());
        if (latest.isPresent()) {
            mutations.add(new Mutation.Delete(latestKey));
        }
        keep(marker);
        return marker;
    }

    /** Removes the object of a bucket that never kept versions. */
    void removeLatest() {
        latest.ifPresent(this::end);
        latest.ifPresent(gone -> tellDeleted(gone.version()));
        mutations.add(new Mutation.Delete(latestKey));
    }

    /** Removes one version; what is below the top comes to it. */
    void remove(ObjectVersion version) {
        boolean isLatest = latest.filter(manifest -> manifest.equals(version)).isPresent();
        tellDeleted(version.version());
        if (version instanceof Manifest manifest) {
            end(manifest);
        }
        if (!isLatest) {
            removeOlder(version.version());
        }
        Optional<ObjectVersion> below = isLatest ? top(0) : top(version.version().sequence());
        boolean wasMarkerOnTop = latest.isEmpty()
                && newest().filter(top -> top.version().equals(version.version())).isPresent();
        if (isLatest) {
            mutations.add(new Mutation.Delete(latestKey));
        }
        if ((isLatest || wasMarkerOnTop) && below.isPresent()
                && below.get() instanceof Manifest manifest) {
            removeOlder(manifest.version());
            mutations.add(new Mutation.Put(latestKey, ManifestRows.encode(manifest)));
        }
    }

    /** Writes a version again with other labels. */
    void replace(Manifest version) {
        boolean isLatest = latest
                .filter(manifest -> manifest.version().equals(version.version())).isPresent();
        mutations.add(isLatest
                ? new Mutation.Put(latestKey, ManifestRows.encode(version))
                : new Mutation.Put(older(version.version()), ManifestRows.encodeOlder(version)));
    }

    /** Lets no queue hear of what is changed; for what nobody asked for. */
    VersionStack silently() {
        silent = true;
        return this;
    }

    /** What is deleted is so after it came to be. */
    private void tellDeleted(VersionId version) {
        tell(BucketEvent.DELETED, Optional.empty(), version, Math.max(version.sequence() + 1,
                view.nowMillis() << SEQUENCES_OF_A_MILLI));
    }

    private void tell(String event, Optional<Manifest> written, VersionId version,
            long sequence) {
        if (!silent) {
            Optional<String> name = bucket.versioning() == Versioning.NEVER
                    ? Optional.empty()
                    : Optional.of(version.text());
            mutations.addAll(Outbox.tell(view, bucket, event,
                    new BucketEvent.Subject(objectKey,
                            written.map(manifest -> manifest.body().length()),
                            written.map(Manifest::md5), name, sequence)));
        }
    }

    private Key older(VersionId version) {
        return VersionKeyspace.version(bucket, objectKey, version.sequence());
    }

    /** The upload whose parts were the body that went, if they were. */
    Optional<UUID> dropped() {
        return dropped;
    }

    private void end(Manifest manifest) {
        dropped = dropped.or(() -> Bodies.parts(manifest.body()).map(Body.InParts::upload));
        mutations.add(Bodies.end(blobs, bucket, manifest.body()));
    }

    /** Before a version comes to the top: keeps what is there, or replaces it. */
    private void makeRoom(VersionId coming) {
        if (coming.isNull()) {
            if (latest.isPresent() && latest.get().version().isNull()) {
                end(latest.get());
                return;
            }
            removeNull();
        }
        latest.ifPresent(this::keep);
    }

    private void keep(ObjectVersion version) {
        mutations.add(new Mutation.Put(older(version.version()),
                ManifestRows.encodeOlder(version)));
        if (version.version().isNull()) {
            mutations.add(new Mutation.Put(VersionKeyspace.nullVersion(bucket, objectKey),
                    new RowWriter(Rows.VERSION).number(version.version().sequence()).toValue()));
        }
    }

    private void removeOlder(VersionId version) {
        mutations.add(new Mutation.Delete(older(version)));
        if (version.isNull()) {
            mutations.add(new Mutation.Delete(VersionKeyspace.nullVersion(bucket, objectKey)));
        }
    }

    private void removeNull() {
        if (bucket.versioning() != Versioning.NEVER) {
            find(VersionId.NULL).ifPresent(version -> {
                if (version instanceof Manifest manifest) {
                    end(manifest);
                }
                removeOlder(version.version());
            });
        }
    }

    private Optional<Long> nullSequence() {
        return view.get(VersionKeyspace.nullVersion(bucket, objectKey))
                .map(row -> sequence(row.value()));
    }

    static long sequence(Value row) {
        return new RowReader(row, Rows.VERSION).longNumber();
    }

    /** The newest of the older versions, or of those below a sequence if that is not 0. */
    private Optional<ObjectVersion> top(long below) {
        return view.scan(Scan.ascending(VersionKeyspace.versions(bucket, objectKey), 2)).rows()
                .stream().map(Versioned::value).map(ManifestRows::older)
                .filter(version -> below == 0 || version.version().sequence() < below).findFirst();
    }

    private Optional<ObjectVersion> newest() {
        return top(0);
    }

    /** The next version's name: it stands above all others. */
    private VersionId next(long random) {
        boolean isNull = bucket.versioning() != Versioning.ENABLED;
        long above = view.nowMillis() << SEQUENCES_OF_A_MILLI;
        if (latest.isPresent()) {
            above = Math.max(above, latest.get().version().sequence() + 1);
        } else if (bucket.versioning() != Versioning.NEVER) {
            above = Math.max(above,
                    newest().map(version -> version.version().sequence() + 1).orElse(0L));
        }
        return new VersionId(above, random, isNull);
    }
}
