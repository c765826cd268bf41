package io.quorate.s3.repository;

import io.quorate.kv.AtLeader;
import io.quorate.kv.BlobStore;
import io.quorate.kv.BlobStore.StoredBlob;
import io.quorate.kv.Key;
import io.quorate.kv.KvException;
import io.quorate.kv.KvFailure;
import io.quorate.kv.RetryId;
import io.quorate.kv.Value;
import io.quorate.s3.error.S3Error;
import io.quorate.s3.error.S3Exception;
import java.util.Optional;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** Calls that publish bodies: places files anew when they must be, and removes those that are refused. */
final class Publisher {
    /** A file whose holders change while it is published is placed this often at most. */
    private static final int MAX_PLACEMENTS = 4;

    private final AtLeader leader;
    private final BlobStore blobs;

    Publisher(AtLeader leader, BlobStore blobs) {
        this.leader = leader;
        this.blobs = blobs;
    }

    /**
     * A call to make.
     *
     * @param key decides the group
     * @param name the handler
     * @param retryId names the request
     * @param isConditional whether a conflict is the client's to hear of
     */
    record Call(Key key, String name, Optional<RetryId> retryId, boolean isConditional) {}

    /** Publishes; a refusal removes the file. */
    Mono<PutObjectCall.Answer.Stored> publish(Call call, Payload payload,
            Function<Payload, Value> request) {
        return payload.file().isEmpty()
                ? ask(call, request.apply(payload)).flatMap(answer -> switch (answer) {
                    case PutObjectCall.Answer.Stored stored -> Mono.just(stored);
                    case PutObjectCall.Answer.Refused(var reason) ->
                        Mono.error(failure(reason));
                })
                : publish(call, payload.file().get(), request, 1)
                        .onErrorResume(Publisher::isNotStored,
                                refused -> discard(payload.file().get())
                                        .then(Mono.error(refused)));
    }

    private Mono<PutObjectCall.Answer.Stored> publish(Call call, StoredBlob file,
            Function<Payload, Value> request, int attempt) {
        return ask(call, request.apply(Payload.of(file))).flatMap(answer -> switch (answer) {
            // An earlier attempt of the same request was: its file is the object's.
            case PutObjectCall.Answer.Stored stored -> stored.body().equals(file.ref().id())
                    ? Mono.just(stored)
                    : discard(file).thenReturn(stored);
            case PutObjectCall.Answer.Refused(var reason) ->
                reason == PutObjectCall.Reason.MISPLACED && attempt < MAX_PLACEMENTS
                        ? blobs.placeAnew(file).flatMap(
                                placed -> publish(call, placed, request, attempt + 1))
                        : Mono.error(failure(reason));
        });
    }

    private Mono<PutObjectCall.Answer> ask(Call call, Value request) {
        return leader.call(call.key(), call.name(), request, call.retryId())
                .map(PutObjectCall.Answer::decode)
                .onErrorMap(failure -> call.isConditional() && isConflict(failure),
                        conflict -> new S3Exception(S3Error.CONDITIONAL_REQUEST_CONFLICT));
    }

    /** Removes a file that will not be referred to. */
    Mono<Void> discard(StoredBlob file) {
        return blobs.discard(file).onErrorResume(KvException.class,
                collectedLater -> Mono.empty());
    }

    /** Only an unknown outcome leaves open whether something refers to the file. */
    private static boolean isNotStored(Throwable failure) {
        return failure instanceof S3Exception || (failure instanceof KvException kv
                && !(kv.failure() instanceof KvFailure.OutcomeUnknown));
    }

    static boolean isConflict(Throwable failure) {
        return failure instanceof KvException kv
                && kv.failure() instanceof KvFailure.WriteConflict;
    }

    static RuntimeException failure(PutObjectCall.Reason reason) {
        return switch (reason) {
            case NO_SUCH_BUCKET -> new S3Exception(S3Error.NO_SUCH_BUCKET);
            case NOT_YOURS -> new S3Exception(S3Error.ACCESS_DENIED);
            case PRECONDITION_FAILED -> new S3Exception(S3Error.PRECONDITION_FAILED);
            case NO_SUCH_KEY -> new S3Exception(S3Error.NO_SUCH_KEY);
            case MISPLACED -> new KvFailure.Overloaded("blob.members").asException();
            case EXPIRED -> new KvFailure.DeadlineExceeded().asException();
            case NO_SUCH_UPLOAD -> new S3Exception(S3Error.NO_SUCH_UPLOAD);
            case INVALID_PART -> new S3Exception(S3Error.INVALID_PART);
            case TOO_SMALL -> new S3Exception(S3Error.ENTITY_TOO_SMALL);
            case BAD_DIGEST -> new S3Exception(S3Error.BAD_DIGEST);
            case BAD_SIZE -> new S3Exception(S3Error.INVALID_REQUEST,
                    "The provided 'x-amz-mp-object-size' header does not match what was computed.");
            case NO_LOCK -> new S3Exception(S3Error.INVALID_REQUEST,
                    "Bucket is missing Object Lock Configuration");
        };
    }
}
