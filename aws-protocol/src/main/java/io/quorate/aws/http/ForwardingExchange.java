package io.quorate.aws.http;

import io.quorate.aws.checksum.ChecksumAlgorithm;
import io.quorate.aws.error.AwsError;
import io.quorate.aws.identity.Identity;
import io.quorate.aws.request.AwsHeaders;
import io.quorate.aws.request.AwsRequestHead;
import io.quorate.aws.request.QueryParameters;
import io.quorate.aws.request.RequestId;
import io.quorate.aws.service.AwsService;
import io.quorate.aws.sigv4.PostPolicy;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** An exchange that is another one, but for what a subclass says otherwise. */
public abstract class ForwardingExchange implements AwsExchange {
    private final AwsExchange exchange;

    /** @param exchange the other one */
    protected ForwardingExchange(AwsExchange exchange) {
        this.exchange = exchange;
    }

    @Override
    public boolean authorize(String action, String resourceArn) {
        return exchange.authorize(action, resourceArn);
    }

    @Override
    public AwsRequestHead head() {
        return exchange.head();
    }

    @Override
    public QueryParameters query() {
        return exchange.query();
    }

    @Override
    public AwsService service() {
        return exchange.service();
    }

    @Override
    public Identity identity() {
        return exchange.identity();
    }

    @Override
    public String region() {
        return exchange.region();
    }

    @Override
    public RequestId requestId() {
        return exchange.requestId();
    }

    @Override
    public ServerHttpRequest request() {
        return exchange.request();
    }

    @Override
    public ServerHttpResponse response() {
        return exchange.response();
    }

    @Override
    public long payloadLength() {
        return exchange.payloadLength();
    }

    @Override
    public Mono<byte[]> body(int maxBytes) {
        return exchange.body(maxBytes);
    }

    @Override
    public Mono<byte[]> collect(Flux<DataBuffer> part, int maxBytes) {
        return exchange.collect(part, maxBytes);
    }

    @Override
    public AwsExchange signedBy(PostPolicy post) {
        return exchange.signedBy(post);
    }

    @Override
    public Flux<DataBuffer> bodyStream(Set<ChecksumAlgorithm> wanted) {
        return exchange.bodyStream(wanted);
    }

    @Override
    public AwsHeaders trailers() {
        return exchange.trailers();
    }

    @Override
    public PayloadDigests digests() {
        return exchange.digests();
    }

    @Override
    public void action(String action) {
        exchange.action(action);
    }

    @Override
    public String action() {
        return exchange.action();
    }

    @Override
    public void errorCode(String code) {
        exchange.errorCode(code);
    }

    @Override
    public @Nullable String errorCode() {
        return exchange.errorCode();
    }

    @Override
    public Mono<Void> respond(int status, @Nullable String contentType, byte[] body) {
        return exchange.respond(status, contentType, body);
    }

    @Override
    public Mono<Void> respondError(AwsError error) {
        return exchange.respondError(error);
    }
}
