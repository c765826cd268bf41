package io.quorate.s3.operation;

import io.quorate.s3.error.S3Error;
import io.quorate.s3.error.S3Exception;
import io.quorate.s3.model.Manifest;
import io.quorate.s3.model.OpenObject;
import io.quorate.s3.model.RangeRequest.Slice;
import io.quorate.s3.repository.ObjectRepository;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** GetObject of the latest version. Source: S3 API reference, GetObject. */
public final class GetObject {
    private final ObjectRepository objects;

    public GetObject(ObjectRepository objects) {
        this.objects = objects;
    }

    /** What GetObject answers. */
    public sealed interface Result {
        /** The object. */
        Manifest manifest();

        /**
         * Bytes to send.
         *
         * @param object the object; the receiver's to close
         * @param slice which bytes
         * @param partial whether a range was asked for
         */
        record Content(OpenObject object, Slice slice, boolean partial) implements Result {
            @Override
            public Manifest manifest() {
                return object.manifest();
            }
        }

        /**
         * The client has it already.
         *
         * @param manifest the object
         */
        record NotModified(Manifest manifest) implements Result {}
    }

    /** Opens the object and checks what must hold. */
    public Mono<Result> run(GetObjectRequest request, Caller caller) {
        return objects.open(request.address(), caller.account(), Optional.empty()).map(object -> {
            try {
                return answer(request, object);
            } catch (RuntimeException refused) {
                object.close();
                throw refused;
            }
        });
    }

    private static Result answer(GetObjectRequest request, OpenObject object) {
        Manifest manifest = object.manifest();
        return switch (request.conditions().evaluate(manifest)) {
            case PRECONDITION_FAILED -> throw new S3Exception(S3Error.PRECONDITION_FAILED);
            case NOT_MODIFIED -> {
                object.close();
                yield new Result.NotModified(manifest);
            }
            case PROCEED -> content(request, object);
        };
    }

    private static Result content(GetObjectRequest request, OpenObject object) {
        long length = object.manifest().body().length();
        if (request.range().isEmpty()) {
            return new Result.Content(object, new Slice(0, length), false);
        }
        Slice slice = request.range().get().of(length)
                .orElseThrow(() -> new S3Exception(S3Error.INVALID_RANGE).with("ActualObjectSize",
                        Long.toString(length)));
        return new Result.Content(object, slice, true);
    }
}
