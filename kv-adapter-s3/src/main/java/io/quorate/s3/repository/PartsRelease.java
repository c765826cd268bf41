package io.quorate.s3.repository;

import io.quorate.kv.AtLeader;
import io.quorate.kv.KvException;
import io.quorate.kv.Scan;
import io.quorate.kv.TransactionalKv;
import io.quorate.s3.keyspace.BucketKeyspace;
import io.quorate.s3.keyspace.UploadKeyspace;
import io.quorate.s3.model.Bucket;
import java.util.Optional;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Releases parts that were named to be dropped, step by step. Thread-safe. */
final class PartsRelease {
    /** Bodies of a bucket whose parts are released before it is deleted; more are no empty bucket. */
    private static final int SWEEP = 1_000;

    private final TransactionalKv kv;
    private final AtLeader leader;

    PartsRelease(TransactionalKv kv, AtLeader leader) {
        this.kv = kv;
        this.leader = leader;
    }

    /** Releases an upload's; what fails stays named and is tried again when the bucket is deleted. */
    Mono<Void> of(String bucket, UUID upload) {
        return steps(bucket, upload).onErrorResume(KvException.class, later -> Mono.empty());
    }

    /** Releases those of the body that a write let go of. */
    Mono<Void> of(String bucket, WrittenVersion written) {
        return written.dropped().map(upload -> of(bucket, upload)).orElseGet(Mono::empty);
    }

    /** Releases those of a bucket. */
    Mono<Void> ofAll(Bucket bucket) {
        return kv.scan(Scan.ascending(UploadKeyspace.allDropped(bucket), SWEEP))
                .flatMapMany(page -> Flux.fromIterable(page.rows()))
                .concatMap(row -> steps(bucket.name(),
                        UploadKeyspace.droppedUpload(row.key())), 1)
                .then();
    }

    private Mono<Void> steps(String bucket, UUID upload) {
        return step(bucket, upload, 0).expand(answer -> answer
                .map(after -> step(bucket, upload, after)).orElseGet(Mono::empty)).then();
    }

    private Mono<Optional<Integer>> step(String bucket, UUID upload, int after) {
        return leader.call(BucketKeyspace.fence(bucket), DropPartsCall.NAME,
                DropPartsCall.request(bucket, upload, after)).map(DropPartsCall::next);
    }
}
