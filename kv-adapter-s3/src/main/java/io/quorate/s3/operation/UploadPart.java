package io.quorate.s3.operation;

import io.quorate.aws.checksum.ChecksumAlgorithm;
import io.quorate.s3.model.Part;
import io.quorate.s3.model.StoredChecksum;
import io.quorate.s3.repository.UploadRepository;
import io.quorate.s3.repository.UploadRepository.Place;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** UploadPart. Source: S3 API reference, UploadPart. */
public final class UploadPart {
    private final UploadRepository uploads;
    private final BodyIntake intake;

    public UploadPart(UploadRepository uploads, BodyIntake intake) {
        this.uploads = uploads;
        this.intake = intake;
    }

    /**
     * What UploadPart answers.
     *
     * @param etag with its quotes
     * @param checksum the part's
     */
    public record Result(String etag, Optional<StoredChecksum> checksum) {}

    /** Stores the part; its checksum is of the upload's algorithm, CRC64NVME if it names none. */
    public Mono<Result> run(UploadRequest.Put request, UploadedBody body, Caller caller) {
        Place place = new Place(request.address(), caller.account(), request.upload());
        return uploads.find(place).flatMap(upload -> {
            ChecksumAlgorithm wanted = upload.checksums().header()
                    .flatMap(ChecksumAlgorithm::ofHeader).orElse(ChecksumAlgorithm.CRC64NVME);
            var demand = new BodyIntake.Demand(request.address(), request.length(),
                    Optional.of(wanted));
            return intake.take(demand, body, Mono.empty(), taken -> {
                Part part = new Part(request.number(), taken.body(), taken.md5(),
                        taken.checksum(), 0);
                return uploads.put(place, part, taken.payload(), caller.retryId())
                        .thenReturn(new Result(part.etag(), part.checksum()));
            });
        });
    }
}
