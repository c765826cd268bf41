package io.quorate.dynamodb.operation;

/**
 * A question whose answer does not depend on what is stored.
 *
 * @param question which one
 * @param host the host the client called
 */
public record FactsRequest(Question question, String host) implements TableRequest {
    /** What is asked. */
    public enum Question {
        LIMITS, ENDPOINTS
    }

    @Override
    public String table() {
        return "*";
    }
}
