package io.quorate.dynamodb.operation;

import io.quorate.dynamodb.expression.Projection;
import io.quorate.dynamodb.model.Item;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Items to read as of one moment.
 *
 * @param gets what to read, in the order of the answer
 * @param capacity how much of the consumed capacity to answer
 */
public record TransactGetItemsRequest(List<Get> gets, ReturnConsumedCapacity capacity)
        implements
            GroupRequest {
    public TransactGetItemsRequest {
        gets = List.copyOf(gets);
    }

    /** One item. */
    public record Get(String table, Item key, @Nullable Projection projection) {}

    @Override
    public List<String> resources() {
        return gets.stream().map(Get::table).distinct().toList();
    }
}
