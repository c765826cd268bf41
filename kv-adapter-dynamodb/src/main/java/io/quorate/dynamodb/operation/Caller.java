package io.quorate.dynamodb.operation;

import io.quorate.dynamodb.model.TableName;
import io.quorate.kv.RetryId;
import java.util.Optional;

/**
 * Who calls, as far as operations care.
 *
 * @param account the account whose tables are meant
 * @param region the region of the credential scope; tables are the same in every one
 * @param retryId names the request, the same in each of its attempts; empty if the client sends none
 */
public record Caller(String account, String region, Optional<RetryId> retryId) {
    /** The caller's table of a name. */
    public TableName table(String name) {
        return new TableName(account, name);
    }
}
