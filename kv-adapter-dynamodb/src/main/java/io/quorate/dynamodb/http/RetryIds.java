package io.quorate.dynamodb.http;

import io.quorate.kv.RetryId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Names a request by who sends it, what it does and the id that AWS SDKs send with every attempt of
 * one call ({@code amz-sdk-invocation-id}). Pure functions.
 */
final class RetryIds {
    static final String HEADER = "amz-sdk-invocation-id";
    private static final byte SEPARATOR = 0;

    private RetryIds() {}

    static Optional<RetryId> of(String principal, String action, @Nullable String invocationId) {
        if (invocationId == null || invocationId.isEmpty()) {
            return Optional.empty();
        }
        MessageDigest digest = sha256();
        digest.update(principal.getBytes(StandardCharsets.UTF_8));
        digest.update(SEPARATOR);
        digest.update(action.getBytes(StandardCharsets.UTF_8));
        digest.update(SEPARATOR);
        digest.update(invocationId.getBytes(StandardCharsets.UTF_8));
        return Optional.of(RetryId.of(Arrays.copyOf(digest.digest(), RetryId.LENGTH)));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
