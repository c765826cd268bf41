package io.quorate.dynamodb.operation;

import io.quorate.dynamodb.model.Item;
import io.quorate.dynamodb.repository.ItemWrite;
import java.util.List;

/**
 * Items of several tables to put and to delete.
 *
 * @param tables what to do in each
 * @param capacity how much of the consumed capacity to answer
 * @param collectionMetrics whether ReturnItemCollectionMetrics is SIZE
 */
public record BatchWriteItemRequest(List<Writes> tables, ReturnConsumedCapacity capacity,
        boolean collectionMetrics) implements GroupRequest {
    /** Most writes of one request. */
    public static final int MAX_WRITES = 25;

    public BatchWriteItemRequest {
        tables = List.copyOf(tables);
    }

    /** What to do in one table. */
    public record Writes(BatchGetItemRequest.TableReference name, List<Change> changes) {
        public Writes {
            changes = List.copyOf(changes);
        }
    }

    /**
     * One write.
     *
     * @param action PUT or DELETE
     * @param item the item to put, or the key to delete
     */
    public record Change(ItemWrite.Action action, Item item) {}

    @Override
    public List<String> resources() {
        return tables.stream().map(table -> table.name().name()).toList();
    }
}
