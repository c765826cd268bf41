package io.quorate.aws.http;

import io.quorate.aws.error.AuthErrors;
import io.quorate.aws.error.AwsError;
import io.quorate.aws.error.AwsErrorException;
import io.quorate.aws.error.CommonErrors;
import io.quorate.aws.error.PayloadErrors;
import io.quorate.aws.payload.PayloadException;
import io.quorate.aws.request.MalformedRequestException;
import io.quorate.aws.sigv4.AuthFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** Turns what a request failed with into its answer. */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    static Mono<Void> answer(Arrival arrival, Throwable failure) {
        AwsError error = switch (failure) {
            case PayloadException e -> PayloadErrors.of(arrival.service(), e.failure());
            case AwsErrorException e -> e.error();
            case MalformedRequestException e -> AuthErrors.of(arrival.service(),
                    AuthFailure.MALFORMED_REQUEST, String.valueOf(e.getMessage()));
            case Throwable e -> unexpected(arrival, e);
        };
        if (arrival.answer().response().isCommitted()) {
            // The client sees the connection end before the promised length.
            arrival.errorCode(error.shortCode());
            return Mono.error(failure);
        }
        arrival.answer().forgetContent();
        return arrival.writeError(error);
    }

    private static AwsError unexpected(Arrival arrival, Throwable failure) {
        LOG.error("request failed service={} action={} requestId={}", arrival.service(),
                arrival.action(), arrival.requestId(), failure);
        return CommonErrors.internal(arrival.service());
    }
}
