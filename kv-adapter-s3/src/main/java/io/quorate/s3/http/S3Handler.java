package io.quorate.s3.http;

import io.quorate.aws.http.AwsExchange;
import io.quorate.aws.http.AwsHandler;
import io.quorate.aws.request.AwsRequestHead;
import io.quorate.aws.service.AwsService;
import io.quorate.kv.KvException;
import io.quorate.kv.RetryId;
import io.quorate.s3.error.KvFailureErrors;
import io.quorate.s3.error.S3Error;
import io.quorate.s3.error.S3Exception;
import io.quorate.s3.model.ObjectAddress;
import io.quorate.s3.operation.Caller;
import io.quorate.s3.operation.DeleteObjectRequest;
import io.quorate.s3.operation.GetObjectRequest;
import io.quorate.s3.operation.PutObject;
import io.quorate.s3.operation.PutObjectRequest;
import io.quorate.s3.operation.S3Request;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The router: finds action and address, decodes, asks for permission, runs the operation, encodes.
 * Thread-safe.
 */
public final class S3Handler implements AwsHandler {
    private static final String RETRY_HEADER = "amz-sdk-invocation-id";
    private static final String UNKNOWN = "Unknown";

    /** Objects of one request that are deleted at the same time. */
    private static final int DELETIONS_AT_ONCE = 16;

    private final Operations operations;
    private final BucketRoutes buckets;
    private final SettingRoutes settings;
    private final Guard guard;
    private final Cors cors;
    private final FormRoutes forms;
    private final WebsiteRoutes websites;
    private final UploadRoutes uploads;
    private final List<String> baseDomains;
    private final int maxXmlBytes;

    /**
     * @param operations what requests are handed to
     * @param baseDomains below these a host name begins with a bucket's name
     * @param maxXmlBytes longest XML document accepted
     */
    public S3Handler(Operations operations, List<String> baseDomains, int maxXmlBytes) {
        this.operations = operations;
        this.buckets = new BucketRoutes(operations.buckets());
        this.settings = new SettingRoutes(operations.buckets().settings(), maxXmlBytes);
        this.guard = new Guard(operations.buckets().settings());
        this.cors = new Cors(operations.buckets().settings());
        this.websites = new WebsiteRoutes(operations, S3Handler::asAnswer);
        this.forms = new FormRoutes(operations.objects().put(), InstantSource.system());
        this.uploads = new UploadRoutes(operations.uploads(), maxXmlBytes);
        this.baseDomains = List.copyOf(baseDomains);
        this.maxXmlBytes = maxXmlBytes;
    }

    @Override
    public AwsService service() {
        return AwsService.S3;
    }

    @Override
    public String actionOf(AwsExchange exchange) {
        if (Cors.isPreflight(exchange)) {
            return "PreflightRequest";
        }
        if (WebsiteHost.bucket(exchange.head(), baseDomains).isPresent()) {
            return WebsiteRoutes.ACTION;
        }
        try {
            S3Target target = S3Target.of(exchange.head(), baseDomains);
            if (FormRoutes.isForm(exchange, target)) {
                return FormRoutes.ACTION;
            }
            return setting(exchange, target).map(SettingAction::wireName)
                    .orElseGet(() -> action(exchange, target).wireName());
        } catch (S3Exception notBuilt) {
            return UNKNOWN;
        }
    }

    /** What an anonymous caller may do is for policies and lists to say. */
    @Override
    public boolean acceptsUnsigned(AwsRequestHead head) {
        return true;
    }

    @Override
    public Mono<Void> handle(AwsExchange exchange) {
        return Mono.defer(() -> answer(exchange)).onErrorResume(S3Handler::isAnswerable,
                failure -> refuse(exchange, asAnswer(exchange, failure)));
    }

    private static Mono<Void> refuse(AwsExchange exchange, S3Exception failure) {
        failure.headers().forEach(exchange.response().getHeaders()::set);
        return exchange.respondError(failure.toAwsError());
    }

    private Mono<Void> answer(AwsExchange exchange) {
        Optional<String> website = WebsiteHost.bucket(exchange.head(), baseDomains);
        S3Target target = website.<S3Target>map(S3Target.OfBucket::new)
                .orElseGet(() -> S3Target.of(exchange.head(), baseDomains));
        if (Cors.isPreflight(exchange)) {
            return cors.preflight(exchange, target);
        }
        if (website.isPresent()) {
            return guarded(exchange, target,
                    guarded -> websites.route(guarded, website.get()));
        }
        if (FormRoutes.isForm(exchange, target)) {
            return guarded(exchange, target, guarded -> forms.route(guarded,
                    target.bucketName().orElseThrow()));
        }
        Optional<SettingAction> setting = setting(exchange, target);
        if (setting.isPresent()) {
            HeaderRules.check(setting.get(), exchange.head().headers());
            return guarded(exchange, target, guarded -> settings.route(guarded, setting.get(),
                    target.bucketName().orElseThrow()));
        }
        S3Action action = action(exchange, target);
        HeaderRules.check(action, exchange.head().headers());
        return guarded(exchange, target, guarded -> answer(guarded, action, target));
    }

    private Mono<Void> guarded(AwsExchange exchange, S3Target target,
            Function<GuardedExchange, Mono<Void>> work) {
        return guard.guarded(exchange, target).flatMap(guarded -> cors.announce(guarded, target)
                .then(Mono.defer(() -> work.apply(guarded))));
    }

    private Mono<Void> answer(GuardedExchange exchange, S3Action action, S3Target target) {
        Mono<Void> answer = switch (target) {
            case S3Target.Service service -> buckets.list(exchange);
            case S3Target.OfBucket(String bucket) -> ofBucket(exchange, action, bucket);
            case S3Target.OfObject(var address) -> ofObject(exchange, action, address);
        };
        return target.bucketName().map(bucket -> answer.onErrorMap(S3Exception.class,
                refusal -> withoutSecrets(exchange, bucket, refusal))).orElse(answer);
    }

    /** Who may not list a bucket is not told what is not in it. Source: GetObject, "Permissions". */
    static S3Exception withoutSecrets(GuardedExchange exchange, String bucket,
            S3Exception refusal) {
        return refusal.error() == S3Error.NO_SUCH_KEY
                && !exchange.authorize("s3:ListBucket", "arn:aws:s3:::" + bucket)
                        ? new S3Exception(S3Error.ACCESS_DENIED)
                        : refusal;
    }

    private static Optional<SettingAction> setting(AwsExchange exchange, S3Target target) {
        return target instanceof S3Target.OfBucket
                ? SettingAction.of(exchange.head().method(), exchange.query())
                : Optional.empty();
    }

    private Mono<Void> ofBucket(AwsExchange exchange, S3Action action, String bucket) {
        return switch (action) {
            case CREATE_BUCKET -> exchange.body(maxXmlBytes).flatMap(
                    body -> buckets.create(exchange, CreateBucketDecoder.decode(bucket, body)
                            .with(AclDecoder.ofNewBucket(exchange.head().headers(),
                                    exchange.identity().accountId()))));
            case HEAD_BUCKET -> buckets.head(exchange, bucket);
            case DELETE_BUCKET -> buckets.delete(exchange, bucket);
            case GET_BUCKET_LOCATION -> buckets.location(exchange, bucket);
            case LIST_OBJECTS -> buckets.listObjects(exchange, bucket);
            case LIST_OBJECTS_V2 -> buckets.listObjectsV2(exchange, bucket);
            case DELETE_OBJECTS -> deleteObjects(exchange, bucket);
            case LIST_MULTIPART_UPLOADS -> uploads.list(exchange, bucket);
            case LIST_BUCKETS, PUT_OBJECT, GET_OBJECT, HEAD_OBJECT, DELETE_OBJECT,
                    CREATE_MULTIPART_UPLOAD, UPLOAD_PART, COMPLETE_MULTIPART_UPLOAD,
                    ABORT_MULTIPART_UPLOAD, LIST_PARTS ->
                throw new IllegalStateException("not of a bucket: " + action);
        };
    }

    private Mono<Void> ofObject(AwsExchange exchange, S3Action action, ObjectAddress address) {
        return switch (action) {
            case PUT_OBJECT -> putObject(exchange, PutObjectDecoder.decode(address, exchange));
            case GET_OBJECT -> getObject(exchange, GetObjectDecoder.decode(address, exchange));
            case HEAD_OBJECT -> headObject(exchange, GetObjectDecoder.decode(address, exchange));
            case DELETE_OBJECT -> deleteObject(exchange, address);
            case CREATE_MULTIPART_UPLOAD -> uploads.create(exchange, address);
            case UPLOAD_PART -> uploads.put(exchange, address);
            case COMPLETE_MULTIPART_UPLOAD -> uploads.complete(exchange, address);
            case ABORT_MULTIPART_UPLOAD -> uploads.abort(exchange, address);
            case LIST_PARTS -> uploads.parts(exchange, address);
            case LIST_BUCKETS, CREATE_BUCKET, HEAD_BUCKET, DELETE_BUCKET, GET_BUCKET_LOCATION,
                    LIST_OBJECTS, LIST_OBJECTS_V2, DELETE_OBJECTS, LIST_MULTIPART_UPLOADS ->
                throw new IllegalStateException("not of an object: " + action);
        };
    }

    private static S3Action action(AwsExchange exchange, S3Target target) {
        return S3Action.of(exchange.head().method(), target, exchange.query());
    }

    private Mono<Void> putObject(AwsExchange exchange, PutObjectRequest request) {
        return operations.objects().put()
                .run(request, new ExchangeBody(exchange), authorized(exchange, request))
                .flatMap(result -> stored(exchange, result));
    }

    private static Mono<Void> stored(AwsExchange exchange, PutObject.Result result) {
        HttpHeaders headers = exchange.response().getHeaders();
        headers.set(HttpHeaders.ETAG, result.etag());
        result.checksum().ifPresent(checksum -> {
            headers.set(checksum.header(), checksum.base64());
            headers.set("x-amz-checksum-type", checksum.type());
        });
        return exchange.respond(200, null, new byte[0]);
    }

    private Mono<Void> getObject(AwsExchange exchange, GetObjectRequest request) {
        return operations.objects().get().run(request, authorized(exchange, request))
                .flatMap(result -> GetObjectEncoder.answer(exchange, request, result));
    }

    private Mono<Void> headObject(AwsExchange exchange, GetObjectRequest request) {
        return operations.objects().head().run(request, authorized(exchange, request))
                .flatMap(result -> GetObjectEncoder.answerHead(exchange, request, result));
    }

    private Mono<Void> deleteObject(AwsExchange exchange, ObjectAddress address) {
        var request = new DeleteObjectRequest(address,
                Optional.ofNullable(exchange.head().header("if-match"))
                        .map(GetObjectDecoder::quoted));
        return operations.objects().delete().run(request, authorized(exchange, request))
                .then(Mono.defer(() -> BucketRoutes.noContent(exchange)));
    }

    private Mono<Void> deleteObjects(AwsExchange exchange, String bucket) {
        return exchange.body(maxXmlBytes).flatMap(body -> {
            SettingRoutes.requireDigest(exchange);
            DeleteObjectsCodec.Deletions deletions = DeleteObjectsCodec.decode(bucket, body);
            return Flux.fromIterable(deletions.objects())
                    .flatMapSequential(one -> delete(exchange, one), DELETIONS_AT_ONCE)
                    .collectList().flatMap(deleted -> exchange.respond(200, BucketRoutes.XML,
                            DeleteObjectsCodec.encode(deleted, deletions.quiet())));
        });
    }

    /** One of many; each is a request of its own and harmless to repeat. */
    private Mono<DeleteObjectsCodec.Deleted> delete(AwsExchange exchange,
            DeleteObjectRequest request) {
        String key = request.address().key();
        return Mono.defer(() -> operations.objects().delete().run(request,
                new Caller(authorized(exchange, request).account(), Optional.empty())))
                .thenReturn(new DeleteObjectsCodec.Deleted(key, Optional.empty()))
                .onErrorResume(S3Handler::isOfOneObject,
                        failure -> Mono.just(new DeleteObjectsCodec.Deleted(key,
                                Optional.of(asAnswer(exchange, failure)))));
    }

    private static boolean isOfOneObject(Throwable failure) {
        return isAnswerable(failure) && !(failure instanceof S3Exception refusal
                && refusal.error() == S3Error.NO_SUCH_BUCKET);
    }

    static Caller authorized(AwsExchange exchange, S3Request request) {
        if (!exchange.authorize(request.iamName(), request.arn())) {
            throw new S3Exception(S3Error.ACCESS_DENIED);
        }
        Optional<RetryId> retryId = Optional.ofNullable(exchange.head().header(RETRY_HEADER))
                .map(id -> RetryId.digestOf(exchange.identity().name(), request.iamName(), id));
        String account = exchange instanceof GuardedExchange guarded
                ? guarded.accountFor(request.iamName(), request.arn())
                : exchange.identity().accountId();
        return new Caller(account, retryId);
    }

    /** The owner of the bucket that the request is about. */
    static String ownerOf(AwsExchange exchange, String bucket) {
        return exchange instanceof GuardedExchange guarded
                ? guarded.accountFor("", "arn:aws:s3:::" + bucket)
                : exchange.identity().accountId();
    }

    static boolean isAnswerable(Throwable failure) {
        return failure instanceof S3Exception || failure instanceof KvException
                || failure instanceof TimeoutException;
    }

    private static S3Exception asAnswer(AwsExchange exchange, Throwable failure) {
        return switch (failure) {
            case S3Exception refusal -> refusal;
            case KvException store ->
                KvFailureErrors.of(store.failure(), exchange.requestId().value());
            default -> new S3Exception(S3Error.REQUEST_TIMEOUT);
        };
    }
}
