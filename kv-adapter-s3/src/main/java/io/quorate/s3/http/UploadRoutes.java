package io.quorate.s3.http;

import io.quorate.aws.http.AwsExchange;
import io.quorate.s3.model.ObjectAddress;
import io.quorate.s3.operation.ListUploadsRequest;
import io.quorate.s3.operation.UploadRequest;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Mono;

/** Runs what is asked of multipart uploads, and answers. Thread-safe. */
final class UploadRoutes {
    private static final int OK = 200;

    private final Operations.OfUploads operations;
    private final int maxXmlBytes;

    UploadRoutes(Operations.OfUploads operations, int maxXmlBytes) {
        this.operations = operations;
        this.maxXmlBytes = maxXmlBytes;
    }

    Mono<Void> create(AwsExchange exchange, ObjectAddress address) {
        UploadRequest.Create request = UploadDecoder.create(address, exchange);
        return operations.uploads().create(request, S3Handler.authorized(exchange, request))
                .flatMap(upload -> {
                    HttpHeaders headers = exchange.response().getHeaders();
                    request.checksums().header().ifPresent(header -> {
                        headers.set("x-amz-checksum-algorithm",
                                UploadEncoder.algorithm(header));
                        headers.set("x-amz-checksum-type",
                                request.checksums().fullObject() ? "FULL_OBJECT" : "COMPOSITE");
                    });
                    return exchange.respond(OK, BucketRoutes.XML,
                            UploadEncoder.created(address, upload));
                });
    }

    Mono<Void> put(AwsExchange exchange, ObjectAddress address) {
        UploadRequest.Put request = UploadDecoder.put(address, exchange);
        return operations.part()
                .run(request, new ExchangeBody(exchange), S3Handler.authorized(exchange, request))
                .flatMap(result -> {
                    HttpHeaders headers = exchange.response().getHeaders();
                    headers.set(HttpHeaders.ETAG, result.etag());
                    result.checksum()
                            .ifPresent(sum -> headers.set(sum.header(), sum.base64()));
                    return exchange.respond(OK, null, new byte[0]);
                });
    }

    Mono<Void> complete(AwsExchange exchange, ObjectAddress address) {
        return exchange.body(maxXmlBytes).flatMap(body -> {
            UploadRequest.Complete request = UploadDecoder.complete(address, exchange, body);
            return operations.uploads()
                    .complete(request, S3Handler.authorized(exchange, request))
                    .flatMap(done -> {
                        done.versionId().ifPresent(id -> exchange.response()
                                .getHeaders().set("x-amz-version-id", id));
                        return exchange.respond(OK, BucketRoutes.XML, UploadEncoder.completed(
                                address, location(exchange), done.manifest()));
                    });
        });
    }

    private static String location(AwsExchange exchange) {
        String host = exchange.head().header("host");
        return "http://" + (host == null ? "" : host) + exchange.head().rawPath();
    }

    Mono<Void> abort(AwsExchange exchange, ObjectAddress address) {
        UploadRequest.Abort request = UploadDecoder.abort(address, exchange);
        return operations.uploads().abort(request, S3Handler.authorized(exchange, request))
                .then(Mono.defer(() -> BucketRoutes.noContent(exchange)));
    }

    Mono<Void> parts(AwsExchange exchange, ObjectAddress address) {
        UploadRequest.Parts request = UploadDecoder.parts(address, exchange);
        return operations.uploads().parts(request, S3Handler.authorized(exchange, request))
                .flatMap(page -> exchange.respond(OK, BucketRoutes.XML, UploadEncoder
                        .parts(request, page, exchange.identity().accountId())));
    }

    Mono<Void> list(AwsExchange exchange, String bucket) {
        ListUploadsRequest request = UploadDecoder.uploads(bucket, exchange);
        String marker = exchange.query().first("key-marker");
        return operations.list().run(request, S3Handler.authorized(exchange, request))
                .flatMap(result -> exchange.respond(OK, BucketRoutes.XML,
                        UploadEncoder.uploads(request, result,
                                ListDecoder.isUrlEncoded(exchange.query()),
                                marker == null ? "" : marker, exchange.identity().accountId())));
    }
}
