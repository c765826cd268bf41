package io.quorate.dynamodb.repository;

import io.quorate.dynamodb.model.Item;
import java.util.List;

/**
 * Items or index entries that were read.
 *
 * @param items in the order of the range
 * @param sizeBytes their size in DynamoDB's count
 * @param more whether the reading stopped at a bound and more may follow
 */
public record ItemPage(List<Item> items, int sizeBytes, boolean more) {
    public ItemPage {
        items = List.copyOf(items);
    }
}
