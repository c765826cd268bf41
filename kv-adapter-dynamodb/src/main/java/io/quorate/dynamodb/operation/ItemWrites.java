package io.quorate.dynamodb.operation;

import io.quorate.dynamodb.error.DynamoDbException;
import io.quorate.dynamodb.model.Item;
import io.quorate.dynamodb.model.PrimaryKey;
import io.quorate.dynamodb.model.TableDefinition;
import io.quorate.dynamodb.repository.IndexRules;
import io.quorate.dynamodb.repository.ItemAddress;
import io.quorate.dynamodb.repository.ItemExpressions;
import io.quorate.dynamodb.repository.ItemWrite;
import io.quorate.dynamodb.repository.WriteOutcome;
import io.quorate.dynamodb.repository.WriteTarget;
import java.util.List;
import java.util.Optional;

/** Makes writes of requests, and answers of their outcomes. Pure functions. */
final class ItemWrites {
    private ItemWrites() {}

    static ItemWrite put(TableDefinition table, Item item, ItemExpressions expressions,
            ItemWrite.Returning returning) {
        PrimaryKey key = KeyRules.keyOfItem(table.keys(), item);
        IndexRules.checkPut(table.indexes(), item);
        WriteTarget target = WriteTarget.of(table);
        return new ItemWrite(ItemWrite.Action.PUT, target, ItemAddress.of(target, key), item,
                expressions, returning);
    }

    static ItemWrite update(TableDefinition table, Item key, ItemExpressions expressions,
            List<String> changed, ItemWrite.Returning returning) {
        ItemWrite update = onKey(ItemWrite.Action.UPDATE, table, key, expressions, returning);
        for (String name : changed) {
            if (table.keys().names().contains(name)) {
                throw DynamoDbException.invalidParameter("Cannot update attribute " + name
                        + ". This attribute is part of the key");
            }
        }
        return update;
    }

    static ItemWrite onKey(ItemWrite.Action action, TableDefinition table, Item key,
            ItemExpressions expressions, ItemWrite.Returning returning) {
        WriteTarget target = WriteTarget.of(table);
        return new ItemWrite(action, target,
                ItemAddress.of(target, KeyRules.keyOnly(table.keys(), key)), key, expressions,
                returning);
    }

    /** What a single write answers; throws what refuses it. */
    static DynamoDbResult result(ItemWrite write, WriteOptions options, String table,
            WriteOutcome outcome) {
        return switch (outcome) {
            case WriteOutcome.CheckFailed failed ->
                throw DynamoDbException.conditionFailed(failed.item());
            case WriteOutcome.Refused refused -> throw DynamoDbException
                    .validation(refused.text());
            case WriteOutcome.Applied applied -> new WriteItemResult(applied.attributes(),
                    ConsumedCapacity.write(options.capacity(), table, applied.largerBytes(),
                            ConsumedCapacity.byIndex(write.target().indexes(),
                                    applied.indexUnits())),
                    options.collectionMetrics() ? collection(write) : Optional.empty());
        };
    }

    /** The key of the item's collection, if the table has local indexes. */
    static Optional<Item> collection(ItemWrite write) {
        boolean local = write.target().indexes().stream().anyMatch(index -> !index.isGlobal());
        return local
                ? Optional.of(KeyRules.partitionOf(write.target().keys(), write.item()))
                : Optional.empty();
    }
}
