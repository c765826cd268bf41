package io.quorate.dynamodb.operation;

import io.quorate.dynamodb.expression.Projection;
import io.quorate.dynamodb.model.Item;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Items to get from several tables.
 *
 * @param tables what to get of each
 * @param capacity how much of the consumed capacity to answer
 */
public record BatchGetItemRequest(List<Gets> tables, ReturnConsumedCapacity capacity)
        implements
            GroupRequest {
    /** Most keys of one request. */
    public static final int MAX_KEYS = 100;

    public BatchGetItemRequest {
        tables = List.copyOf(tables);
    }

    /**
     * What to get of one table.
     *
     * @param name the table as the request named it, and as its own name
     * @param keys attributes of keys
     * @param selection what to answer of each item
     */
    public record Gets(TableReference name, List<Item> keys, Selection selection) {
        public Gets {
            keys = List.copyOf(keys);
        }
    }

    /**
     * What to answer of items.
     *
     * @param projection the parts wanted, or null for all
     * @param asGiven the parameters to be repeated for keys that were not processed
     * @param consistent whether ConsistentRead is true
     */
    public record Selection(@Nullable Projection projection, AsGiven asGiven,
            boolean consistent) {}

    /** Parameters as they came; an empty one was not there. */
    public record AsGiven(String projection, Map<String, String> names,
            List<String> attributesToGet) {}

    /** A table by the name or ARN that was given, under which it is answered. */
    public record TableReference(String given, String name) {}

    @Override
    public List<String> resources() {
        return tables.stream().map(table -> table.name().name()).toList();
    }
}
