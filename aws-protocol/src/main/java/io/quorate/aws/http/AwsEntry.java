package io.quorate.aws.http;

import io.quorate.aws.error.AuthErrors;
import io.quorate.aws.error.CommonErrors;
import io.quorate.aws.identity.Identity;
import io.quorate.aws.request.AwsRequestHead;
import io.quorate.aws.request.RequestId;
import io.quorate.aws.request.RequestIds;
import io.quorate.aws.service.AwsService;
import io.quorate.aws.service.ServiceDetector;
import io.quorate.aws.sigv4.AuthFailure;
import io.quorate.aws.sigv4.SigV4Verifier;
import io.quorate.aws.sigv4.Verification;
import java.time.Clock;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/**
 * Where every AWS request comes in: tells which service it means, verifies its signature, and hands
 * it to that service's handler. What is refused is answered here, in the service's own words, and
 * its body is not read. Thread-safe.
 */
public final class AwsEntry {
    private final SigV4Verifier verifier;
    private final RequestIds requestIds;
    private final Clock clock;
    private final AwsLimits limits;
    private final Map<AwsService, AwsHandler> handlers = new EnumMap<>(AwsService.class);
    private final ServiceDetector detector = new ServiceDetector();
    private final BodyMemory memory;

    /**
     * An entry for the given handlers.
     *
     * @throws IllegalArgumentException if two handlers are for one service
     */
    public AwsEntry(SigV4Verifier verifier, RequestIds requestIds, Clock clock, AwsLimits limits,
            Collection<? extends AwsHandler> handlers) {
        this.verifier = verifier;
        this.requestIds = requestIds;
        this.clock = clock;
        this.limits = limits;
        this.memory = new BodyMemory(limits.maxBodyMemoryBytes());
        for (AwsHandler handler : handlers) {
            if (this.handlers.put(handler.service(), handler) != null) {
                throw new IllegalArgumentException("two handlers for " + handler.service());
            }
        }
    }

    /** Bytes of bodies that are held in memory at this moment. */
    public long heldBodyBytes() {
        return memory.heldBytes();
    }

    /**
     * Answers the request. Completes when the answer is written; fails only if an answer that was
     * begun cannot be ended.
     */
    public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response,
            ExchangeListener listener) {
        return Mono.defer(() -> {
            Arrival arrival = arrive(request, response);
            return Mono.defer(() -> route(arrival))
                    .onErrorResume(failure -> Failures.answer(arrival, failure))
                    .doFinally(signal -> listener.ended(arrival.end()));
        });
    }

    private Arrival arrive(ServerHttpRequest request, ServerHttpResponse response) {
        AwsRequestHead head = RequestHeads.of(request);
        AwsService service = detector.detect(head);
        Answer answer = new Answer(head, service, newRequestId(service), response);
        return new Arrival(head, service, request, answer, memory.new Share());
    }

    private RequestId newRequestId(AwsService service) {
        return switch (service) {
            case S3 -> requestIds.forS3();
            case SQS -> requestIds.forSqs();
            case DYNAMODB -> requestIds.forDynamoDb();
        };
    }

    private Mono<Void> route(Arrival arrival) {
        AwsHandler handler = handlers.get(arrival.service());
        if (handler == null) {
            return arrival.writeError(CommonErrors.notImplemented(arrival.service()));
        }
        return switch (verifier.verify(arrival.head(), arrival.service(), clock.instant())) {
            case Verification.Decided decided -> proceed(arrival, handler, decided, null);
            case Verification.AwaitsBody pending -> BodyCollector
                    .collect(arrival.request().getBody(), arrival.contentLength(),
                            maxBody(arrival.service()), arrival.memory())
                    .flatMap(body -> proceed(arrival, handler, pending.decide(body), body));
        };
    }

    private int maxBody(AwsService service) {
        return switch (service) {
            case S3 -> throw new IllegalStateException("S3's signatures do not await a body");
            case SQS -> limits.maxSqsBodyBytes();
            case DYNAMODB -> limits.maxDynamoDbBodyBytes();
        };
    }

    private Mono<Void> proceed(Arrival arrival, AwsHandler handler, Verification.Decided decided,
            byte @Nullable [] body) {
        return switch (decided) {
            case Verification.Verified verified -> dispatch(arrival, handler, verified, body);
            case Verification.Refused refused -> arrival.writeError(
                    AuthErrors.of(arrival.service(), refused.reason(), refused.detail()));
            case Verification.Anonymous unsigned -> handler.acceptsUnsigned(arrival.head())
                    ? dispatch(arrival, handler, new Verification.Verified(Identity.ANONYMOUS, "",
                            "", unsigned.rule()), body)
                    : arrival.writeError(AuthErrors.of(arrival.service(),
                            AuthFailure.MISSING_AUTHENTICATION, ""));
        };
    }

    private Mono<Void> dispatch(Arrival arrival, AwsHandler handler,
            Verification.Verified verified, byte @Nullable [] body) {
        arrival.caller(verified.identity().name());
        ServerExchange exchange = new ServerExchange(arrival, verified, body,
                post -> verifier.verifyPolicy(post, clock.instant()));
        arrival.action(handler.actionOf(exchange));
        return handler.handle(exchange);
    }
}
