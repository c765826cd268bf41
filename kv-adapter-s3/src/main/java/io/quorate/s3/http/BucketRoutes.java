package io.quorate.s3.http;

import io.quorate.aws.http.AwsExchange;
import io.quorate.s3.model.Bucket;
import io.quorate.s3.operation.BucketRequest;
import io.quorate.s3.operation.CreateBucketRequest;
import io.quorate.s3.operation.ListBucketsRequest;
import io.quorate.s3.operation.ListObjectsRequest;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Mono;

/** Runs what is asked of buckets, and answers. Thread-safe. */
final class BucketRoutes {
    static final String XML = "application/xml";
    private static final String REGION = "x-amz-bucket-region";
    private static final int OK = 200;
    private static final int NO_CONTENT = 204;

    private final Operations.OfBuckets operations;

    BucketRoutes(Operations.OfBuckets operations) {
        this.operations = operations;
    }

    Mono<Void> create(AwsExchange exchange, CreateBucketRequest request) {
        return operations.create().run(request, S3Handler.authorized(exchange, request))
                .flatMap(bucket -> created(exchange, bucket));
    }

    private static Mono<Void> created(AwsExchange exchange, Bucket bucket) {
        exchange.response().getHeaders().set(HttpHeaders.LOCATION, "/" + bucket.name());
        return exchange.respond(OK, null, new byte[0]);
    }

    Mono<Void> head(AwsExchange exchange, String bucket) {
        return find(exchange, new BucketRequest.Head(bucket)).flatMap(found -> {
            exchange.response().getHeaders().set(REGION, found.region());
            return exchange.respond(OK, null, new byte[0]);
        });
    }

    Mono<Void> location(AwsExchange exchange, String bucket) {
        return find(exchange, new BucketRequest.Location(bucket))
                .flatMap(found -> exchange.respond(OK, XML, ListEncoder.location(found)));
    }

    private Mono<Bucket> find(AwsExchange exchange, BucketRequest request) {
        return operations.buckets().find(request, S3Handler.authorized(exchange, request));
    }

    Mono<Void> delete(AwsExchange exchange, String bucket) {
        var request = new BucketRequest.Delete(bucket);
        return operations.buckets().delete(request, S3Handler.authorized(exchange, request))
                .then(Mono.defer(() -> noContent(exchange)));
    }

    static Mono<Void> noContent(AwsExchange exchange) {
        return exchange.respond(NO_CONTENT, null, new byte[0]);
    }

    Mono<Void> list(AwsExchange exchange) {
        ListBucketsRequest request = ListDecoder.buckets(exchange.query());
        return operations.list().run(request, S3Handler.authorized(exchange, request))
                .flatMap(result -> exchange.respond(OK, XML, ListEncoder.buckets(request, result,
                        exchange.identity().accountId())));
    }

    Mono<Void> listObjects(AwsExchange exchange, String bucket) {
        ListObjectsRequest request = ListDecoder.objects(bucket, exchange.query());
        return operations.listObjects().run(request, S3Handler.authorized(exchange, request))
                .flatMap(listing -> exchange.respond(OK, XML, ListEncoder.objects(request,
                        exchange.query(), listing, exchange.identity().accountId())));
    }

    Mono<Void> listObjectsV2(AwsExchange exchange, String bucket) {
        ListObjectsRequest request = ListDecoder.objectsV2(bucket, exchange.query());
        return operations.listObjects().run(request, S3Handler.authorized(exchange, request))
                .flatMap(listing -> exchange.respond(OK, XML, ListEncoder.objectsV2(request,
                        exchange.query(), listing, exchange.identity().accountId())));
    }
}
