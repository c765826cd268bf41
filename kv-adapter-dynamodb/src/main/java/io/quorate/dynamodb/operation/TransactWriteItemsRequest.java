package io.quorate.dynamodb.operation;

import io.quorate.dynamodb.model.Item;
import io.quorate.dynamodb.repository.ItemExpressions;
import io.quorate.dynamodb.repository.ItemWrite;
import java.util.List;
import java.util.Optional;

/**
 * Writes of which all happen or none.
 *
 * @param actions what to do, in the order of cancellation reasons
 * @param capacity how much of the consumed capacity to answer
 * @param collectionMetrics whether ReturnItemCollectionMetrics is SIZE
 * @param token ClientRequestToken
 */
public record TransactWriteItemsRequest(List<Action> actions, ReturnConsumedCapacity capacity,
        boolean collectionMetrics, Optional<String> token) implements GroupRequest {
    /** Most actions of one request. */
    public static final int MAX_ACTIONS = 100;
    /** Most bytes of all items, in DynamoDB's count. */
    public static final int MAX_BYTES = 4 * 1024 * 1024;

    public TransactWriteItemsRequest {
        actions = List.copyOf(actions);
    }

    /**
     * One write or check.
     *
     * @param action what it does
     * @param table the table's name
     * @param item the item to put, else the key
     * @param expressions condition and update
     * @param options the attributes the update changes, and whether to answer the item on failure
     */
    public record Action(ItemWrite.Action action, String table, Item item,
            ItemExpressions expressions, Options options) {}

    /** What else belongs to an action. */
    public record Options(List<String> changed, boolean oldOnFailure) {
        public Options {
            changed = List.copyOf(changed);
        }
    }

    @Override
    public List<String> resources() {
        return actions.stream().map(Action::table).distinct().toList();
    }
}
