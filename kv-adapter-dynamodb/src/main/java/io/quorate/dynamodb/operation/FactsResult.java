package io.quorate.dynamodb.operation;

/** The answer to a {@link FactsRequest}. */
public sealed interface FactsResult extends DynamoDbResult {
    /** Capacity units an account and a table can have; none of them is enforced. */
    record Limits(long accountUnits, long tableUnits) implements FactsResult {}

    /** Where the service is, for clients that discover it. */
    record Endpoint(String address, long cacheMinutes) implements FactsResult {}
}
