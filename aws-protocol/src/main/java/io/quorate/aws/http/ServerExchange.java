package io.quorate.aws.http;

import io.quorate.aws.checksum.ChecksumAlgorithm;
import io.quorate.aws.error.AuthErrors;
import io.quorate.aws.error.AwsError;
import io.quorate.aws.error.AwsErrorException;
import io.quorate.aws.identity.Identity;
import io.quorate.aws.policy.Decision;
import io.quorate.aws.policy.PolicyRequest;
import io.quorate.aws.request.AwsHeaders;
import io.quorate.aws.request.AwsRequestHead;
import io.quorate.aws.request.QueryParameters;
import io.quorate.aws.request.RequestId;
import io.quorate.aws.service.AwsService;
import io.quorate.aws.sigv4.AuthFailure;
import io.quorate.aws.sigv4.PostPolicy;
import io.quorate.aws.sigv4.Verification;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The exchange over Spring's request and response. */
final class ServerExchange implements AwsExchange {
    private final Arrival arrival;
    private final Verification.Verified verified;
    private final Payload payload;
    private final byte @Nullable [] collected;
    private final Function<PostPolicy, Verification.Decided> policies;
    private @Nullable QueryParameters query;

    /**
     * An exchange.
     *
     * @param collected the body, if it was collected to verify the signature
     * @param policies verifies policies of form uploads
     */
    ServerExchange(Arrival arrival, Verification.Verified verified, byte @Nullable [] collected,
            Function<PostPolicy, Verification.Decided> policies) {
        this.policies = policies;
        this.arrival = arrival;
        this.verified = verified;
        this.payload = new Payload(arrival.head(), verified.rule());
        this.collected = collected;
        if (collected != null) {
            payload.verifyCollected(collected);
        }
    }

    @Override
    public AwsRequestHead head() {
        return arrival.head();
    }

    @Override
    public QueryParameters query() {
        QueryParameters known = query;
        if (known == null) {
            known = QueryParameters.parse(arrival.head().rawQuery());
            query = known;
        }
        return known;
    }

    @Override
    public AwsService service() {
        return arrival.service();
    }

    @Override
    public Identity identity() {
        return verified.identity();
    }

    @Override
    public String region() {
        return verified.region();
    }

    @Override
    public RequestId requestId() {
        return arrival.requestId();
    }

    @Override
    public ServerHttpRequest request() {
        return arrival.request();
    }

    @Override
    public ServerHttpResponse response() {
        return arrival.answer().response();
    }

    @Override
    public long payloadLength() {
        return collected != null ? collected.length : payload.length();
    }

    @Override
    public Mono<byte[]> body(int maxBytes) {
        if (collected != null) {
            return collected.length <= maxBytes
                    ? Mono.just(collected)
                    : Mono.error(BodyCollector.tooLarge(maxBytes));
        }
        return BodyCollector.collect(bodyStream(), payloadLength(), maxBytes, arrival.memory());
    }

    @Override
    public Mono<byte[]> collect(Flux<DataBuffer> part, int maxBytes) {
        return BodyCollector.collect(part, -1, maxBytes, arrival.memory());
    }

    @Override
    public AwsExchange signedBy(PostPolicy post) {
        return switch (policies.apply(post)) {
            case Verification.Verified signer -> {
                arrival.caller(signer.identity().name());
                yield new SignedForm(this, signer);
            }
            case Verification.Refused refused -> throw new AwsErrorException(
                    AuthErrors.of(service(), refused.reason(), refused.detail()));
            case Verification.Anonymous unsigned -> throw new AwsErrorException(
                    AuthErrors.of(service(), AuthFailure.MISSING_AUTHENTICATION, ""));
        };
    }

    /** A form upload, as of who signed its policy. */
    private static final class SignedForm extends ForwardingExchange {
        private final Verification.Verified signer;

        SignedForm(AwsExchange form, Verification.Verified signer) {
            super(form);
            this.signer = signer;
        }

        @Override
        public Identity identity() {
            return signer.identity();
        }

        @Override
        public String region() {
            return signer.region();
        }
    }

    @Override
    public Flux<DataBuffer> bodyStream(Set<ChecksumAlgorithm> wanted) {
        if (collected != null) {
            return Flux.just(response().bufferFactory().wrap(collected));
        }
        return payload.stream(request().getBody(), wanted);
    }

    @Override
    public AwsHeaders trailers() {
        return payload.trailers();
    }

    @Override
    public PayloadDigests digests() {
        return payload.digests();
    }

    @Override
    public boolean authorize(String requested, String resourceArn) {
        Identity caller = verified.identity();
        return caller.permissions().decide(new PolicyRequest(caller.principal(), requested,
                resourceArn, conditionKeys())) == Decision.ALLOWED;
    }

    @Override
    public void action(String known) {
        arrival.action(known);
    }

    @Override
    public String action() {
        return arrival.action();
    }

    @Override
    public void errorCode(String code) {
        arrival.errorCode(code);
    }

    @Override
    public @Nullable String errorCode() {
        return arrival.errorCode();
    }

    @Override
    public Mono<Void> respond(int status, @Nullable String contentType, byte[] body) {
        return arrival.answer().write(status, contentType, body);
    }

    @Override
    public Mono<Void> respondError(AwsError error) {
        return arrival.writeError(error);
    }
}
