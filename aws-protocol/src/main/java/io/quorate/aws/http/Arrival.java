package io.quorate.aws.http;

import io.quorate.aws.error.AwsError;
import io.quorate.aws.error.ErrorEnvelope;
import io.quorate.aws.identity.Identity;
import io.quorate.aws.request.AwsRequestHead;
import io.quorate.aws.request.RequestId;
import io.quorate.aws.service.AwsService;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;

/** One request from its coming in to its end: what is known of it and what became of it. */
final class Arrival {
    private final AwsRequestHead head;
    private final AwsService service;
    private final ServerHttpRequest request;
    private final Answer answer;
    private final BodyMemory.Share memory;
    private String caller = Identity.ANONYMOUS.name();
    private String action = "Unknown";
    private @Nullable String errorCode;

    Arrival(AwsRequestHead head, AwsService service, ServerHttpRequest request, Answer answer,
            BodyMemory.Share memory) {
        this.head = head;
        this.service = service;
        this.request = request;
        this.answer = answer;
        this.memory = memory;
    }

    AwsRequestHead head() {
        return head;
    }

    AwsService service() {
        return service;
    }

    RequestId requestId() {
        return answer.requestId();
    }

    ServerHttpRequest request() {
        return request;
    }

    Answer answer() {
        return answer;
    }

    BodyMemory.Share memory() {
        return memory;
    }

    void caller(String name) {
        this.caller = name;
    }

    void action(String known) {
        this.action = known;
    }

    String action() {
        return action;
    }

    void errorCode(String code) {
        this.errorCode = code;
    }

    @Nullable
    String errorCode() {
        return errorCode;
    }

    /** Content-Length, or -1. */
    long contentLength() {
        return request.getHeaders().getContentLength();
    }

    Mono<Void> writeError(AwsError error) {
        errorCode(error.shortCode());
        return answer.writeError(ErrorEnvelope.of(service, head), error);
    }

    /** Gives back what the request held and sums it up. */
    ExchangeSummary end() {
        memory.release();
        HttpStatusCode status = answer.response().getStatusCode();
        return new ExchangeSummary(service, requestId(), caller, action,
                status == null ? 0 : status.value(), errorCode);
    }
}
