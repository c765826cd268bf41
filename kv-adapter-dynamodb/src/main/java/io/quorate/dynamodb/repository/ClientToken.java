package io.quorate.dynamodb.repository;

import io.quorate.dynamodb.keyspace.TableKeyspace;
import io.quorate.kv.Value;
import java.time.Duration;

/**
 * A ClientRequestToken: for ten minutes the same request with it is answered as done, another one is
 * refused.
 *
 * @param account whose token it is
 * @param token as given
 * @param digest of the request
 */
public record ClientToken(String account, String token, Value digest) {
    /** How long a token is remembered. Source: API reference, TransactWriteItems. */
    public static final Duration WINDOW = Duration.ofMinutes(10);

    WriteCommand.Token toCommand() {
        return new WriteCommand.Token(TableKeyspace.token(account, token), digest,
                WINDOW.toMillis());
    }
}
