package io.quorate.s3.operation;

import io.quorate.s3.model.Labels;
import io.quorate.s3.model.Manifest;
import io.quorate.s3.model.PartPage;
import io.quorate.s3.model.Upload;
import io.quorate.s3.repository.Completion;
import io.quorate.s3.repository.UploadRepository;
import io.quorate.s3.repository.UploadRepository.Place;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** CreateMultipartUpload, ListParts, and how uploads end. Source: S3 API reference. */
public final class Uploads {
    private final UploadRepository uploads;
    private final Supplier<UUID> ids;

    public Uploads(UploadRepository uploads, Supplier<UUID> ids) {
        this.uploads = uploads;
        this.ids = ids;
    }

    /** Begins an upload; returns its id. */
    public Mono<UUID> create(UploadRequest.Create request, Caller caller) {
        return Mono.defer(() -> uploads.create(request.address().bucket(), caller.account(),
                new Upload(ids.get(), request.address().key(), request.metadata(), Labels.NONE,
                        request.checksums(), Optional.empty(), 0),
                caller.retryId()));
    }

    /**
     * What CompleteMultipartUpload answers.
     *
     * @param manifest the object
     * @param versionId which version it is, if the bucket keeps or kept versions
     */
    public record Result(Manifest manifest, Optional<String> versionId) {}

    /** Makes the object. */
    public Mono<Result> complete(UploadRequest.Complete request, Caller caller) {
        return uploads.complete(
                new Completion(request.address(), caller.account(), request.upload(),
                        request.parts(), request.condition(), request.checksum(), request.size()),
                caller.retryId())
                .map(done -> new Result(done.manifest(), done.version().versionId()));
    }

    /** Ends an upload without an object. */
    public Mono<Void> abort(UploadRequest.Abort request, Caller caller) {
        return uploads.abort(place(request, request.upload(), caller), caller.retryId());
    }

    /** Lists the parts of an open upload. */
    public Mono<PartPage> parts(UploadRequest.Parts request, Caller caller) {
        return uploads.parts(place(request, request.upload(), caller), request.after(),
                request.most());
    }

    private static Place place(UploadRequest request, UUID upload, Caller caller) {
        return new Place(request.address(), caller.account(), upload);
    }
}
