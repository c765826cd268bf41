package io.quorate.s3.http;

import io.quorate.aws.http.AwsExchange;
import io.quorate.kv.BlobStore.OpenBlob;
import io.quorate.s3.model.Manifest;
import io.quorate.s3.model.OpenObject;
import io.quorate.s3.model.RangeRequest.Slice;
import io.quorate.s3.operation.GetObject;
import io.quorate.s3.operation.GetObjectRequest;
import io.quorate.s3.operation.HeadObject;
import java.nio.ByteBuffer;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ZeroCopyHttpOutputMessage;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/** Answers GetObject: bytes in memory in one write, a file by zero copy. Pure functions. */
final class GetObjectEncoder {
    private static final int OK = 200;
    private static final int PARTIAL_CONTENT = 206;
    private static final int NOT_MODIFIED = 304;

    private GetObjectEncoder() {}

    static Mono<Void> answer(AwsExchange exchange, GetObjectRequest request,
            GetObject.Result result) {
        return switch (result) {
            case GetObject.Result.NotModified notModified -> {
                exchange.response().setRawStatusCode(NOT_MODIFIED);
                ObjectHeaders.writeValidators(exchange.response().getHeaders(),
                        notModified.manifest());
                yield exchange.response().setComplete();
            }
            case GetObject.Result.Content content -> Mono.using(content::object,
                    object -> send(exchange, request, content), OpenObject::close);
        };
    }

    /** The same head without a body. */
    static Mono<Void> answerHead(AwsExchange exchange, GetObjectRequest request,
            HeadObject.Result result) {
        ServerHttpResponse response = exchange.response();
        if (result.slice().isEmpty()) {
            response.setRawStatusCode(NOT_MODIFIED);
            ObjectHeaders.writeValidators(response.getHeaders(), result.manifest());
        } else {
            Slice slice = result.slice().get();
            writeHead(response, request, result.manifest(), slice, result.partial());
        }
        return response.setComplete();
    }

    private static void writeHead(ServerHttpResponse response, GetObjectRequest request,
            Manifest manifest, Slice slice, boolean partial) {
        HttpHeaders headers = response.getHeaders();
        response.setRawStatusCode(partial ? PARTIAL_CONTENT : OK);
        ObjectHeaders.write(headers, manifest, request);
        headers.setContentLength(slice.count());
        if (partial) {
            ObjectHeaders.writeRange(headers, slice, manifest.body().length());
        }
        if (!partial && request.showChecksum()) {
            ObjectHeaders.writeChecksum(headers, manifest);
        }
    }

    private static Mono<Void> send(AwsExchange exchange, GetObjectRequest request,
            GetObject.Result.Content content) {
        ServerHttpResponse response = exchange.response();
        Slice slice = content.slice();
        writeHead(response, request, content.manifest(), slice, content.partial());
        if (slice.count() == 0) {
            return response.setComplete();
        }
        return switch (content.object()) {
            case OpenObject.Bytes bytes -> response.writeWith(Mono.just(slice(response,
                    bytes.bytes().shared(), slice)));
            case OpenObject.Parts parts -> response
                    .writeWith(PartsSender.bytes(parts, slice, response.bufferFactory()));
            case OpenObject.File file -> zeroCopy(response, file.blob(), slice);
        };
    }

    private static DataBuffer slice(ServerHttpResponse response, byte[] bytes, Slice slice) {
        return response.bufferFactory()
                .wrap(ByteBuffer.wrap(bytes, (int) slice.first(), (int) slice.count()));
    }

    private static Mono<Void> zeroCopy(ServerHttpResponse response, OpenBlob blob, Slice slice) {
        if (response instanceof ZeroCopyHttpOutputMessage file) {
            return file.writeWith(blob.path(), slice.first(), slice.count());
        }
        return Mono.error(new IllegalStateException("the HTTP server cannot send files"));
    }
}
