package io.quorate.aws.http;

import io.quorate.aws.request.RequestId;
import io.quorate.aws.service.AwsService;
import org.jspecify.annotations.Nullable;

/**
 * What became of one request.
 *
 * @param caller the identity's name
 * @param action the AWS action, or "Unknown"
 * @param status the HTTP status; 0 if none was set before the client went away
 * @param errorCode the AWS error code that was answered, or null
 */
public record ExchangeSummary(AwsService service, RequestId requestId, String caller,
        String action, int status, @Nullable String errorCode) {}
