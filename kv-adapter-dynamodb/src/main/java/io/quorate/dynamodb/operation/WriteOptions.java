package io.quorate.dynamodb.operation;

import io.quorate.dynamodb.repository.ItemWrite;

/**
 * What to answer of a write.
 *
 * @param values ReturnValues
 * @param oldOnFailure whether ReturnValuesOnConditionCheckFailure is ALL_OLD
 * @param capacity how much of the consumed capacity
 * @param collectionMetrics whether ReturnItemCollectionMetrics is SIZE
 */
public record WriteOptions(ItemWrite.Values values, boolean oldOnFailure,
        ReturnConsumedCapacity capacity, boolean collectionMetrics) {
    /** What the leader is asked to return. */
    ItemWrite.Returning returning() {
        return values == ItemWrite.Values.NONE && !oldOnFailure
                && capacity == ReturnConsumedCapacity.NONE
                        ? ItemWrite.Returning.NOTHING
                        : new ItemWrite.Returning(values, oldOnFailure,
                                capacity != ReturnConsumedCapacity.NONE);
    }
}
