package io.quorate.dynamodb.repository;

import io.quorate.dynamodb.keyspace.StreamKeyspace;
import io.quorate.dynamodb.model.KeySchema;
import io.quorate.dynamodb.model.SecondaryIndex;
import io.quorate.dynamodb.model.StreamView;
import io.quorate.dynamodb.model.TableDefinition;
import io.quorate.dynamodb.model.TableStream;
import io.quorate.kv.Key;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the leader of an item needs to know of its table, in the version the request was checked
 * against.
 *
 * @param table the table's number
 * @param schemaVersion the version, which the fence must have
 * @param keys its primary key
 * @param indexes the indexes to maintain
 * @param stream where changes are recorded, or null
 */
public record WriteTarget(long table, long schemaVersion, KeySchema keys,
        List<SecondaryIndex> indexes, @Nullable Stream stream) {
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
                table.keys(), indexes, stream(table));
    }

    private static @Nullable Stream stream(TableDefinition table) {
        TableStream stream = table.extras().stream();
        return stream == null || !stream.isEnabled()
                ? null
                : new Stream(stream.createdAtMillis(), stream.view());
    }

    /** The shard of the stream that records changes of a row. */
    StreamKeyspace.Shard shardOf(Key row, Stream recording) {
        return StreamKeyspace.Shard.of(table, recording.created(), row.route());
    }

    /**
     * A stream that is on.
     *
     * @param created when it was created, which names it
     * @param view what its records carry
     */
    public record Stream(long created, StreamView view) {}
}
