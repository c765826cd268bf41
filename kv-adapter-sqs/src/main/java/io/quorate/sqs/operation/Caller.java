package io.quorate.sqs.operation;

import io.quorate.kv.RetryId;
import java.util.Optional;

/**
 * Who asks.
 *
 * @param accountId the account, which owns what is created
 * @param senderId what receivers are told of the sender
 * @param region the region the caller believes to be in, for ARNs
 * @param retryId names the request over all its attempts, if the client does
 */
public record Caller(String accountId, String senderId, String region, Optional<RetryId> retryId) {}
