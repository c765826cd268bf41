package io.quorate.dynamodb.operation;

import io.quorate.dynamodb.expression.KeyCondition;
import java.util.List;

/**
 * Items of one partition to read.
 *
 * @param page what is common to Query and Scan
 * @param keys what their keys must be
 * @param forward whether in the order of the sort key, or against it
 */
public record QueryRequest(PageRequest page, KeyCondition keys, boolean forward)
        implements
            ItemRequest {
    @Override
    public String table() {
        return page.table();
    }

    @Override
    public List<String> resources() {
        return List.of(page.resource());
    }
}
