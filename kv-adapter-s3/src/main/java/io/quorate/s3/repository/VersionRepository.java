package io.quorate.s3.repository;

import io.quorate.kv.Scan;
import io.quorate.kv.TransactionalKv;
import io.quorate.kv.Versioned;
import io.quorate.s3.error.S3Error;
import io.quorate.s3.error.S3Exception;
import io.quorate.s3.keyspace.BucketKeyspace;
import io.quorate.s3.keyspace.VersionKeyspace;
import io.quorate.s3.model.Bucket;
import io.quorate.s3.model.DeleteMarker;
import io.quorate.s3.model.Manifest;
import io.quorate.s3.model.ObjectVersion;
import io.quorate.s3.model.VersionId;
import io.quorate.s3.model.Versioning;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** Finds versions of objects. Thread-safe. */
final class VersionRepository {
    private final TransactionalKv kv;

    VersionRepository(TransactionalKv kv) {
        this.kv = kv;
    }

    /** The object as it is now, or a version of it; fails if there is none or it is a marker. */
    Mono<Manifest> manifest(Bucket bucket, String key, Optional<String> versionId) {
        return versionId.map(id -> version(bucket, key, id)).orElseGet(() -> latest(bucket, key));
    }

    private Mono<Manifest> latest(Bucket bucket, String key) {
        return current(bucket, key)
                .switchIfEmpty(Mono.defer(() -> bucket.versioning() == Versioning.NEVER
                        ? Mono.error(noSuchKey(key))
                        : deleted(bucket, key)));
    }

    private Mono<Manifest> current(Bucket bucket, String key) {
        return kv.get(BucketKeyspace.manifest(bucket, key))
                .flatMap(row -> Mono.justOrEmpty(row.map(found -> Rows.manifest(found.value()))));
    }

    /** Says that the object was deleted, if a marker is on top. */
    private Mono<Manifest> deleted(Bucket bucket, String key) {
        return kv.scan(Scan.ascending(VersionKeyspace.versions(bucket, key), 1))
                .flatMap(page -> Mono.error(page.rows().isEmpty()
                        ? noSuchKey(key)
                        : marked(noSuchKey(key), page.rows().getFirst())));
    }

    private static S3Exception marked(S3Exception failure, Versioned top) {
        return ManifestRows.older(top.value()) instanceof DeleteMarker marker
                ? failure.withHeader("x-amz-delete-marker", "true")
                        .withHeader("x-amz-version-id", marker.version().text())
                : failure;
    }

    private static S3Exception noSuchKey(String key) {
        return new S3Exception(S3Error.NO_SUCH_KEY).with("Key", key);
    }

    private Mono<Manifest> version(Bucket bucket, String key, String id) {
        return current(bucket, key).filter(manifest -> manifest.version().text().equals(id))
                .map(manifest -> (ObjectVersion) manifest)
                .switchIfEmpty(Mono.defer(() -> older(bucket, key, id)))
                .switchIfEmpty(Mono.error(() -> new S3Exception(S3Error.NO_SUCH_VERSION)
                        .with("Key", key).with("VersionId", id)))
                .map(version -> switch (version) {
                    case Manifest manifest -> manifest;
                    case DeleteMarker marker ->
                        throw new S3Exception(S3Error.METHOD_NOT_ALLOWED)
                                .withHeader("x-amz-delete-marker", "true")
                                .withHeader("x-amz-version-id", marker.version().text());
                });
    }

    private Mono<ObjectVersion> older(Bucket bucket, String key, String id) {
        Mono<Long> sequence = id.equals(VersionId.NULL)
                ? kv.get(VersionKeyspace.nullVersion(bucket, key)).flatMap(row -> Mono
                        .justOrEmpty(row.map(found -> VersionStack.sequence(found.value()))))
                : Mono.justOrEmpty(VersionId.parse(id).map(VersionId::sequence));
        return sequence.flatMap(at -> kv.get(VersionKeyspace.version(bucket, key, at)))
                .flatMap(Mono::justOrEmpty).map(row -> ManifestRows.older(row.value()))
                .filter(version -> version.version().text().equals(id));
    }
}
