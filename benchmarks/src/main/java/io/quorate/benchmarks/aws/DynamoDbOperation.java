package io.quorate.benchmarks.aws;

/** What a load asks of DynamoDB. */
enum DynamoDbOperation {
    PUT("PutItem"), GET("GetItem"),
    /** Adds one to the same item, from every connection. */
    UPDATE_HOT("UpdateItem"),
    /** Reads a partition of a hundred items. */
    QUERY_100("Query"), BATCH_WRITE_25("BatchWriteItem"),
    /** Puts four items or none. */
    TRANSACT_4("TransactWriteItems");

    private final String action;

    DynamoDbOperation(String action) {
        this.action = action;
    }

    String action() {
        return action;
    }

    /** Whether items have to be there before it is measured. */
    boolean reads() {
        return this == GET || this == QUERY_100;
    }
}
