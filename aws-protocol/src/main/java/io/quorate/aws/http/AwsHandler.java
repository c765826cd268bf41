package io.quorate.aws.http;

import io.quorate.aws.request.AwsRequestHead;
import io.quorate.aws.service.AwsService;
import reactor.core.publisher.Mono;

/** One service's adapter, as the entry sees it. */
public interface AwsHandler {
    AwsService service();

    /**
     * Answers a verified request. An error signal becomes an answer of the entry: a
     * {@link io.quorate.aws.payload.PayloadException} or
     * {@link io.quorate.aws.error.AwsErrorException} its own, anything else an internal error.
     */
    Mono<Void> handle(AwsExchange exchange);

    /** The action that the request means, as far as the head says; "Unknown" if it does not. */
    String actionOf(AwsExchange exchange);

    /**
     * Whether this request may come unsigned: then {@link #handle} must check what an anonymous
     * caller may do. Everything else that is not signed is refused before.
     */
    default boolean acceptsUnsigned(AwsRequestHead head) {
        return false;
    }
}
