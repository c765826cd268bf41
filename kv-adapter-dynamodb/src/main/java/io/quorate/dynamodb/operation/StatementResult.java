package io.quorate.dynamodb.operation;

import io.quorate.dynamodb.error.DynamoDbException;
import io.quorate.dynamodb.model.Item;
import java.util.List;
import java.util.Optional;

/** What PartiQL statements answer. */
public sealed interface StatementResult extends DynamoDbResult {
    /**
     * ExecuteStatement.
     *
     * @param items what was read, or what a change returns
     * @param next where the next page begins, if there may be one
     * @param lastKey the key of the last item looked at, if there may be more
     * @param capacity what was consumed, if it was asked for
     */
    record Page(List<Item> items, Optional<String> next, Optional<Item> lastKey,
            Optional<ConsumedCapacity> capacity) implements StatementResult {
        public Page {
            items = List.copyOf(items);
        }
    }

    /** BatchExecuteStatement, in the order of the statements. */
    record Batch(List<Answer> answers, List<ConsumedCapacity> capacity)
            implements
                StatementResult {
        public Batch {
            answers = List.copyOf(answers);
            capacity = List.copyOf(capacity);
        }
    }

    /**
     * What one statement of a batch answers.
     *
     * @param table its table; "" if it is malformed
     * @param item the item, if there is one
     * @param error why it failed, if it did
     */
    record Answer(String table, Optional<Item> item, Optional<DynamoDbException> error) {}

    /** ExecuteTransaction, in the order of the statements. */
    record Transaction(List<Optional<Item>> items, List<ConsumedCapacity> capacity)
            implements
                StatementResult {
        public Transaction {
            items = List.copyOf(items);
            capacity = List.copyOf(capacity);
        }
    }
}
