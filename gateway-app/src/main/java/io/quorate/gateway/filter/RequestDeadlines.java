package io.quorate.gateway.filter;

import io.quorate.aws.service.AwsService;
import io.quorate.gateway.config.DefaultDeadlines;
import io.quorate.kv.Deadline;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.HttpHeaders;

/**
 * Decides how long a request may take: what its sender says in {@code X-Quorate-Timeout}, else what
 * its SDK says, else the service's default. Immutable.
 */
final class RequestDeadlines {
    private final DefaultDeadlines defaults;

    RequestDeadlines(DefaultDeadlines defaults) {
        this.defaults = defaults;
    }

    /** The request's deadline, counted from now. */
    Deadline of(HttpHeaders headers, AwsService service) throws RequestTimeout.MalformedException {
        Optional<Duration> asked = RequestTimeout.of(headers).or(() -> SdkTtl.of(headers));
        return Deadline.after(asked.orElseGet(() -> byDefault(service)));
    }

    private Duration byDefault(AwsService service) {
        return switch (service) {
            case S3 -> defaults.s3();
            case SQS -> defaults.sqs();
            case DYNAMODB -> defaults.dynamodb();
        };
    }
}
