package io.quorate.dynamodb.repository;

import io.quorate.dynamodb.model.KeySchema;
import io.quorate.dynamodb.model.SecondaryIndex;
import io.quorate.dynamodb.model.TableDefinition;
import java.util.List;

/**
 * What the leader of an item needs to know of its table, in the version the request was checked
 * against.
 *
 * @param table the table's number
 * @param schemaVersion the version, which the fence must have
 * @param keys its primary key
 * @param indexes the indexes to maintain
 */
public record WriteTarget(long table, long schemaVersion, KeySchema keys,
        List<SecondaryIndex> indexes) {
    public WriteTarget {
        indexes = List.copyOf(indexes);
    }

    /** That of a table; an index that is being deleted is no longer maintained. */
    public static WriteTarget of(TableDefinition table) {
        List<SecondaryIndex> indexes = table.indexes().isEmpty()
                ? List.of()
                : table.indexes().stream().filter(
                        index -> index.state().status() != SecondaryIndex.Status.DELETING)
                        .toList();
        return new WriteTarget(table.identity().number(), table.identity().schemaVersion(),
                table.keys(), indexes);
    }
}
