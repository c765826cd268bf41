package io.quorate.s3.operation;

import io.quorate.kv.RetryId;
import java.util.Optional;

/**
 * Who calls, as far as operations care.
 *
 * @param account the caller's account
 * @param retryId names the request, the same in each of its attempts; empty if the client sends none
 */
public record Caller(String account, Optional<RetryId> retryId) {}
