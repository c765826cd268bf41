package io.quorate.dynamodb.operation;

import java.util.Optional;

/** What a request about expiry answers. */
public sealed interface TimeToLiveResult extends DynamoDbResult {
    /** The specification, as it was given. */
    record Changed(boolean enabled, String attribute) implements TimeToLiveResult {}

    /** The attribute items expire by; empty if they do not. */
    record Described(Optional<String> attribute) implements TimeToLiveResult {}
}
