package io.quorate.dynamodb.operation;

import java.util.Optional;

/**
 * What a request about a resource policy answers.
 *
 * @param document the policy, if it was asked for
 * @param revision its revision; empty if there was none to delete
 */
public record PolicyResult(Optional<String> document, Optional<String> revision)
        implements
            DynamoDbResult {}
