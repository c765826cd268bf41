package io.quorate.s3.operation;

import io.quorate.s3.model.BucketEvent;
import io.quorate.s3.model.Labels;
import io.quorate.s3.model.Manifest;
import io.quorate.s3.model.StoredChecksum;
import io.quorate.s3.repository.ObjectRepository;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** PutObject. Source: S3 API reference, PutObject. */
public final class PutObject {
    private final ObjectRepository objects;
    private final BodyIntake intake;

    public PutObject(ObjectRepository objects, BodyIntake intake) {
        this.objects = objects;
        this.intake = intake;
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
        return run(request, body, caller, BucketEvent.Creation.PUT);
    }

    /** Stores the object, of which queues are told as of this creation. */
    public Mono<Result> run(PutObjectRequest request, UploadedBody body, Caller caller,
            BucketEvent.Creation creation) {
        var write = new ObjectRepository.Write(request.address(), caller.account(),
                request.condition(), caller.retryId(), creation);
        // Nobody sends gigabytes only to hear then that there is no such bucket.
        return intake.take(
                new BodyIntake.Demand(request.address(), request.length(), Optional.empty()), body,
                objects.requireBucket(request.address(), caller.account()), taken -> {
                    Manifest manifest = new Manifest(taken.body(), taken.md5(),
                            request.metadata(), taken.checksum(), Labels.NONE);
                    return objects.put(write, manifest, taken.payload())
                            .thenReturn(new Result(manifest.etag(), manifest.checksum()));
                });
    }
}
