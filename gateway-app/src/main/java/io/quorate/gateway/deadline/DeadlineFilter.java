package io.quorate.gateway.deadline;

import io.quorate.aws.error.CommonErrors;
import io.quorate.aws.http.AwsExchange;
import io.quorate.aws.http.AwsHandler;
import io.quorate.aws.request.AwsHeaders;
import io.quorate.aws.request.AwsRequestHead;
import io.quorate.aws.service.AwsService;
import io.quorate.kv.Deadline;
import io.quorate.kv.DeadlineOrigin;
import java.time.Duration;
import java.util.Optional;
import reactor.core.publisher.Mono;

/**
 * Gives every verified request of one service its absolute {@link Deadline}, in the Reactor Context:
 * what its sender says in {@code X-Quorate-Timeout}, else what its SDK says, else the service's
 * default, and which of them it was ({@link DeadlineOrigin}). It counts from when the signature was verified; how long a client may take to send what
 * that needs is bounded by the listener. Immutable.
 */
public final class DeadlineFilter implements AwsHandler {
    private final AwsHandler next;
    private final Duration byDefault;

    /**
     * @param next the service's adapter
     * @param byDefault for requests that name no deadline
     */
    public DeadlineFilter(AwsHandler next, Duration byDefault) {
        this.next = next;
        this.byDefault = byDefault;
    }

    @Override
    public AwsService service() {
        return next.service();
    }

    @Override
    public Mono<Void> handle(AwsExchange exchange) {
        try {
            Optional<Duration> asked = asked(exchange.head().headers());
            DeadlineOrigin origin = asked.isPresent()
                    ? DeadlineOrigin.CALLER
                    : DeadlineOrigin.DEFAULT;
            Deadline deadline = Deadline.after(asked.orElse(byDefault));
            return next.handle(exchange)
                    .contextWrite(context -> origin.into(deadline.into(context)));
        } catch (RequestTimeout.MalformedException e) {
            return exchange.respondError(CommonErrors.invalidHeader(service(), e.getMessage()));
        }
    }

    private static Optional<Duration> asked(AwsHeaders headers)
            throws RequestTimeout.MalformedException {
        return RequestTimeout.of(headers.first(RequestTimeout.HEADER))
                .or(() -> SdkTtl.of(headers));
    }

    @Override
    public String actionOf(AwsExchange exchange) {
        return next.actionOf(exchange);
    }

    @Override
    public boolean acceptsUnsigned(AwsRequestHead head) {
        return next.acceptsUnsigned(head);
    }
}
