package io.quorate.dynamodb.model;

/**
 * A stream, which is kept for a day after it was switched off or its table was deleted.
 *
 * @param table what its table is or was called
 * @param tableNumber the table's number
 * @param keys the table's key
 * @param stream what it is
 */
public record StreamDefinition(TableName table, long tableNumber, KeySchema keys,
        TableStream stream) {
    /** The ARN in a region. */
    public String arn(String region) {
        return table.arn(region) + "/stream/" + stream.label();
    }
}
