package io.quorate.gateway.starting;

import io.quorate.aws.error.CommonErrors;
import io.quorate.aws.http.AwsExchange;
import io.quorate.aws.http.AwsHandler;
import io.quorate.aws.request.AwsRequestHead;
import io.quorate.aws.service.AwsService;
import java.util.Arrays;
import java.util.List;
import reactor.core.publisher.Mono;

/** A service that cannot serve yet, and says so in its own words. Stateless. */
public record StartingService(AwsService service) implements AwsHandler {
    /** All services. */
    public static List<AwsHandler> all() {
        return Arrays.stream(AwsService.values()).<AwsHandler>map(StartingService::new).toList();
    }

    @Override
    public Mono<Void> handle(AwsExchange exchange) {
        return exchange.respondError(CommonErrors.starting(service));
    }

    @Override
    public String actionOf(AwsExchange exchange) {
        return "Unknown";
    }

    /** What is not signed hears the same: who may do what is not known yet. */
    @Override
    public boolean acceptsUnsigned(AwsRequestHead head) {
        return true;
    }
}
