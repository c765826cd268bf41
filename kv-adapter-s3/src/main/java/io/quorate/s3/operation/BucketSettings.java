package io.quorate.s3.operation;

import io.quorate.s3.error.S3Error;
import io.quorate.s3.error.S3Exception;
import io.quorate.s3.model.Bucket;
import io.quorate.s3.model.Element;
import io.quorate.s3.repository.BucketRepository;
import io.quorate.s3.repository.EventSink;
import io.quorate.s3.repository.SettingRepository;
import io.quorate.s3.setting.BucketAccess;
import io.quorate.s3.setting.BucketPolicies;
import io.quorate.s3.setting.Notifications;
import io.quorate.s3.setting.SettingKind;
import io.quorate.s3.setting.SettingRules;
import java.util.Optional;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads, writes and removes settings of buckets. Source: S3 API reference, each setting's actions. */
public final class BucketSettings {
    private final BucketRepository buckets;
    private final SettingRepository settings;
    private final EventSink queues;

    /** @param queues who may hear of what happens */
    public BucketSettings(BucketRepository buckets, SettingRepository settings,
            EventSink queues) {
        this.queues = queues;
        this.buckets = buckets;
        this.settings = settings;
    }

    /** A bucket and who may do what with it. */
    public Mono<Optional<BucketAccess>> access(String bucket) {
        return settings.access(bucket);
    }

    /** What holds; fails if nothing is set and there is no default. */
    public Mono<Element> get(SettingRequest request, Caller caller) {
        return buckets.find(request.bucket(), caller.account())
                .flatMap(bucket -> settings.find(bucket, request.kind())
                        .map(stored -> SettingRules
                                .inForce(request.kind(), stored, bucket.account())
                                .orElseThrow(() -> request.kind().missing(bucket.name()))));
    }

    /** The setting of a bucket that is known already; empty if there is none. */
    public Mono<Optional<Element>> find(Bucket bucket, SettingKind kind) {
        return settings.find(bucket, kind).map(
                stored -> SettingRules.inForce(kind, stored, bucket.account()));
    }

    /** Writes it. */
    public Mono<Void> put(SettingRequest.Put request, Caller caller) {
        request.kind().check(request.setting());
        return targetExists(request, caller).then(queuesExist(request, caller))
                .then(Mono.defer(() -> {
                    if (request.kind() == SettingKind.POLICY) {
                        BucketPolicies.checkResources(request.setting(), request.bucket());
                    }
                    return settings.change(request.bucket(), caller.account(), request.kind(),
                            Optional.of(stored(request)), caller.retryId());
                }));
    }

    private static Element stored(SettingRequest.Put request) {
        return request.kind() == SettingKind.NOTIFICATION
                ? Notifications.named(request.setting())
                : request.setting();
    }

    /** What happens is told to queues of the same owner. */
    private Mono<Void> queuesExist(SettingRequest.Put request, Caller caller) {
        if (request.kind() != SettingKind.NOTIFICATION) {
            return Mono.empty();
        }
        return Flux.fromIterable(Notifications.all(request.setting()))
                .concatMap(target -> queues.accepts(target.queueArn(), caller.account())
                        .filter(accepts -> !accepts)
                        .map(refused -> target.queueArn()))
                .next().flatMap(arn -> Mono.error(S3Exception.invalidArgument(
                        "Unable to validate the following destination configurations", arn,
                        "The destination queue does not exist")));
    }

    /** Logs go to a bucket of the same owner. */
    private Mono<Void> targetExists(SettingRequest.Put request, Caller caller) {
        Optional<String> target = request.kind() == SettingKind.LOGGING
                ? request.setting().child("LoggingEnabled")
                        .flatMap(enabled -> enabled.textOf("TargetBucket"))
                : Optional.empty();
        return target.map(name -> buckets.find(name, caller.account())
                .onErrorMap(S3Exception.class,
                        missing -> new S3Exception(S3Error.INVALID_TARGET_BUCKET)
                                .with("TargetBucket", name))
                .then()).orElse(Mono.empty());
    }

    /** Removes it; where nothing is set, nothing happens. */
    public Mono<Void> delete(SettingRequest.Delete request, Caller caller) {
        return settings.change(request.bucket(), caller.account(), request.kind(),
                Optional.empty(), caller.retryId());
    }
}
