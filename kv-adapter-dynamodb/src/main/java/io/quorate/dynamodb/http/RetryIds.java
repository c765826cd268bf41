package io.quorate.dynamodb.http;

import io.quorate.kv.RetryId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Names a request by who sends it, what it does and the id that AWS SDKs send with every attempt of
 * one call ({@code amz-sdk-invocation-id}). Pure functions.
 */
final class RetryIds {
    static final String HEADER = "amz-sdk-invocation-id";

    private RetryIds() {}

    static Optional<RetryId> of(String principal, String action, @Nullable String invocationId) {
        if (invocationId == null || invocationId.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(RetryId.digestOf(principal, action, invocationId));
    }
}
