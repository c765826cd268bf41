package io.quorate.s3.operation;

import io.quorate.s3.error.S3Error;
import io.quorate.s3.error.S3Exception;
import io.quorate.s3.model.Manifest;
import io.quorate.s3.model.RangeRequest.Slice;
import io.quorate.s3.model.ReadConditions.Verdict;
import io.quorate.s3.repository.ObjectRepository;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** HeadObject: what GetObject says, without opening the body. Source: S3 API reference, HeadObject. */
public final class HeadObject {
    private final ObjectRepository objects;

    public HeadObject(ObjectRepository objects) {
        this.objects = objects;
    }

    /**
     * What HeadObject answers.
     *
     * @param manifest the object
     * @param slice which bytes a GET would send; empty if the client has the object already
     * @param partial whether a range was asked for
     */
    public record Result(Manifest manifest, Optional<Slice> slice, boolean partial) {}

    /** Finds the object and checks what must hold. */
    public Mono<Result> run(GetObjectRequest request, Caller caller) {
        return objects.find(request.address(), caller.account(), Optional.empty())
                .map(manifest -> result(request, manifest));
    }

    private static Result result(GetObjectRequest request, Manifest manifest) {
        Verdict verdict = request.conditions().evaluate(manifest);
        if (verdict == Verdict.PRECONDITION_FAILED) {
            throw new S3Exception(S3Error.PRECONDITION_FAILED);
        }
        if (verdict == Verdict.NOT_MODIFIED) {
            return new Result(manifest, Optional.empty(), false);
        }
        long length = manifest.body().length();
        Slice all = new Slice(0, length);
        Slice slice = request.range().map(range -> range.of(length)
                .orElseThrow(() -> new S3Exception(S3Error.INVALID_RANGE))).orElse(all);
        return new Result(manifest, Optional.of(slice), request.range().isPresent());
    }
}
