package io.quorate.sqs.operation;

import io.quorate.kv.RetryId;
import java.util.Optional;

/**
 * Who calls, as far as operations care.
 *
 * @param account the account in which queues are created
 * @param senderId what SenderId shows of who sends
 * @param retryId names the request, the same in each of its attempts; empty if the client sends none
 */
public record Caller(String account, String senderId, Optional<RetryId> retryId) {}
