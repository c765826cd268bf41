package io.quorate.dynamodb;

import io.quorate.aws.checksum.ChecksumAlgorithm;
import io.quorate.aws.error.AwsError;
import io.quorate.aws.error.JsonError;
import io.quorate.aws.http.AwsExchange;
import io.quorate.aws.http.PayloadDigests;
import io.quorate.aws.identity.Identity;
import io.quorate.aws.request.AwsHeaders;
import io.quorate.aws.request.AwsRequestHead;
import io.quorate.aws.request.QueryParameters;
import io.quorate.aws.request.RequestId;
import io.quorate.aws.service.AwsService;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A verified DynamoDB request with its body, and what was answered. */
final class FakeExchange implements AwsExchange {
    private final AwsRequestHead head;
    private final Identity identity;
    private final byte[] body;
    private String action = "Unknown";
    private @Nullable String errorCode;
    private int status;
    private byte[] answer = {};

    FakeExchange(Identity identity, AwsHeaders headers, byte[] body) {
        this.head = new AwsRequestHead("POST", "/", "", headers);
        this.identity = identity;
        this.body = body;
    }

    int status() {
        return status;
    }

    byte[] answer() {
        return answer;
    }

    @Override
    public AwsRequestHead head() {
        return head;
    }

    @Override
    public QueryParameters query() {
        throw new UnsupportedOperationException();
    }

    @Override
    public AwsService service() {
        return AwsService.DYNAMODB;
    }

    @Override
    public Identity identity() {
        return identity;
    }

    @Override
    public String region() {
        return "eu-central-1";
    }

    @Override
    public RequestId requestId() {
        return new RequestId("REQUEST1", "");
    }

    @Override
    public ServerHttpRequest request() {
        throw new UnsupportedOperationException();
    }

    @Override
    public ServerHttpResponse response() {
        throw new UnsupportedOperationException();
    }

    @Override
    public long payloadLength() {
        return body.length;
    }

    @Override
    public Mono<byte[]> body(int maxBytes) {
        return Mono.just(body);
    }

    @Override
    public Flux<DataBuffer> bodyStream(Set<ChecksumAlgorithm> wanted) {
        throw new UnsupportedOperationException();
    }

    @Override
    public AwsHeaders trailers() {
        throw new UnsupportedOperationException();
    }

    @Override
    public PayloadDigests digests() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean authorize(String iamAction, String resourceArn) {
        return identity.permissions().allows(iamAction, resourceArn);
    }

    @Override
    public void action(String named) {
        action = named;
    }

    @Override
    public String action() {
        return action;
    }

    @Override
    public void errorCode(String code) {
        errorCode = code;
    }

    @Override
    public @Nullable String errorCode() {
        return errorCode;
    }

    @Override
    public Mono<Void> respond(int answeredStatus, @Nullable String contentType, byte[] answered) {
        status = answeredStatus;
        answer = answered;
        return Mono.empty();
    }

    @Override
    public Mono<Void> respondError(AwsError error) {
        errorCode = error.code();
        return respond(error.status(), "application/x-amz-json-1.0", JsonError.render(error));
    }
}
