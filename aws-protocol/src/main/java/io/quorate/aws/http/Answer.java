package io.quorate.aws.http;

import io.quorate.aws.error.AwsError;
import io.quorate.aws.error.ErrorEnvelope;
import io.quorate.aws.error.JsonError;
import io.quorate.aws.request.AwsRequestHead;
import io.quorate.aws.request.RequestId;
import io.quorate.aws.service.AwsService;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/** Writes the answer of one request, with the headers that every answer of its service has. */
final class Answer {
    private final AwsRequestHead head;
    private final AwsService service;
    private final RequestId requestId;
    private final ServerHttpResponse response;

    Answer(AwsRequestHead head, AwsService service, RequestId requestId,
            ServerHttpResponse response) {
        this.head = head;
        this.service = service;
        this.requestId = requestId;
        this.response = response;
        HttpHeaders headers = response.getHeaders();
        switch (service) {
            case S3 -> {
                headers.set("x-amz-request-id", requestId.value());
                headers.set("x-amz-id-2", requestId.hostId());
            }
            case SQS, DYNAMODB ->
                headers.set("x-amzn-RequestId", requestId.value());
        }
    }

    ServerHttpResponse response() {
        return response;
    }

    RequestId requestId() {
        return requestId;
    }

    /** Drops what a handler may have said of a content that will not be sent. */
    void forgetContent() {
        HttpHeaders headers = response.getHeaders();
        headers.remove(HttpHeaders.CONTENT_LENGTH);
        headers.remove(HttpHeaders.CONTENT_ENCODING);
        headers.remove(HttpHeaders.CONTENT_RANGE);
        headers.remove(HttpHeaders.ETAG);
    }

    Mono<Void> write(int status, @Nullable String contentType, byte[] body) {
        response.setRawStatusCode(status);
        HttpHeaders headers = response.getHeaders();
        if (contentType != null) {
            headers.set(HttpHeaders.CONTENT_TYPE, contentType);
        }
        if (service == AwsService.DYNAMODB) {
            CRC32 crc = new CRC32();
            crc.update(body);
            headers.set("x-amz-crc32", Long.toString(crc.getValue()));
        }
        if (body.length == 0 || head.method().equals("HEAD")) {
            if (status != 204 && status != 304 && body.length == 0) {
                headers.setContentLength(0);
            }
            return response.setComplete();
        }
        headers.setContentLength(body.length);
        return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
    }

    Mono<Void> writeError(ErrorEnvelope envelope, AwsError error) {
        if (envelope == ErrorEnvelope.SQS_JSON
                && !response.getHeaders().containsHeader("x-amzn-query-error")) {
            response.getHeaders().set("x-amzn-query-error",
                    JsonError.queryErrorHeader(error.queryCode(), error.senderFault()));
        }
        return write(error.status(), envelope.contentType(),
                envelope.render(error, requestId, head.rawPath()));
    }
}
