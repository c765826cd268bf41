package io.quorate.s3.operation;

import io.quorate.aws.checksum.Checksum;
import io.quorate.aws.checksum.ChecksumAlgorithm;
import io.quorate.kv.BlobStore;
import io.quorate.kv.Deadline;
import io.quorate.kv.DeadlineOrigin;
import io.quorate.kv.Value;
import io.quorate.s3.model.Body;
import io.quorate.s3.model.Manifest;
import io.quorate.s3.model.StoredChecksum;
import io.quorate.s3.repository.ObjectRepository;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * PutObject: a small body becomes a row of the publishing transaction, a large one a file that the
 * transaction refers to. Nothing is visible before the body was verified to its end. Source: S3 API
 * reference, PutObject.
 */
public final class PutObject {
    /** A body may take as long as it makes progress; the commit after it gets this long again. */
    private static final Duration COMMIT_TIMEOUT = Duration.ofSeconds(30);
    /** The longest a body may stay without a byte. */
    private static final Duration PROGRESS_TIMEOUT = Duration.ofSeconds(30);

    private final ObjectRepository objects;
    private final Supplier<UUID> ids;

    public PutObject(ObjectRepository objects, Supplier<UUID> ids) {
        this.objects = objects;
        this.ids = ids;
    }

    /**
     * What PutObject answers.
     *
     * @param etag with its quotes
     * @param checksum the checksum the client sent
     */
    public record Result(String etag, Optional<StoredChecksum> checksum) {}

    /** Stores the object. */
    public Mono<Result> run(PutObjectRequest request, UploadedBody body, Caller caller) {
        var write = new ObjectRepository.Write(request.address(), caller.account(),
                request.condition(), caller.retryId());
        return request.length() <= Body.MAX_ROW_BYTES
                ? small(request, body, write)
                : large(request, body, write);
    }

    private Mono<Result> small(PutObjectRequest request, UploadedBody body,
            ObjectRepository.Write write) {
        return body.collected().flatMap(bytes -> {
            Checksum md5 = ChecksumAlgorithm.MD5.newChecksum();
            md5.update(ByteBuffer.wrap(bytes));
            Manifest manifest = manifest(request, new Body.InRow(ids.get(), bytes.length), md5,
                    body.checksum());
            return objects.put(write, manifest, Value.of(bytes)).thenReturn(result(manifest));
        });
    }

    private Mono<Result> large(PutObjectRequest request, UploadedBody body,
            ObjectRepository.Write write) {
        Checksum md5 = ChecksumAlgorithm.MD5.newChecksum();
        Mono<BlobStore.StoredBlob> stored = objects.store(request.address(),
                body.streamed().timeout(PROGRESS_TIMEOUT), md5::update);
        // Nobody sends gigabytes only to hear then that there is no such bucket.
        return Mono.deferContextual(context -> objects
                .requireBucket(request.address(), write.account()).then(stored)
                .flatMap(file -> {
                    Manifest manifest = manifest(request, new Body.InFile(file.ref()), md5,
                            body.checksum());
                    return objects.put(write, manifest, file).contextWrite(
                            afterLastByte(context)::into).thenReturn(result(manifest));
                }));
    }

    /** A deadline of the caller's own stays; a default one begins anew after the last byte. */
    private static Deadline afterLastByte(ContextView context) {
        return DeadlineOrigin.of(context) == DeadlineOrigin.DEFAULT
                ? Deadline.after(COMMIT_TIMEOUT)
                : Deadline.of(context);
    }

    private static Manifest manifest(PutObjectRequest request, Body body, Checksum md5,
            Optional<StoredChecksum> checksum) {
        // The leader gives the time at which the object was written.
        return new Manifest(body, HexFormat.of().formatHex(md5.digest()), request.metadata(),
                checksum, 0);
    }

    private static Result result(Manifest manifest) {
        return new Result(manifest.etag(), manifest.checksum());
    }
}
