package io.quorate.dynamodb.operation;

/** How much of the consumed capacity to answer, by the protocol's names and in its order. */
public enum ReturnConsumedCapacity {
    INDEXES, TOTAL, NONE
}
