package io.quorate.dynamodb.model;

import io.quorate.kv.RetryId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A table as it was created or last changed.
 *
 * @param name what clients call it
 * @param identity what tells it from every other table that had or will have the name
 * @param keys its primary key
 * @param attributes the attribute definitions in the order given
 * @param settings what its owner chose besides
 */
public record TableDefinition(TableName name, Identity identity, KeySchema keys,
        List<AttributeDefinition> attributes, TableSettings settings) {
    public TableDefinition {
        attributes = List.copyOf(attributes);
    }

    /**
     * @param number unique for ever; its items' keys carry it
     * @param schemaVersion rises with every change of the definition
     * @param id the TableId clients see
     * @param createdAtMillis milliseconds since the epoch
     * @param createdBy the request that created it, or null if it had no id
     */
    public record Identity(long number, long schemaVersion, UUID id, long createdAtMillis,
            @Nullable RetryId createdBy) {}

    /** Whether the other is this table in this version. */
    public boolean isSameVersion(TableDefinition other) {
        return identity.number == other.identity.number
                && identity.schemaVersion == other.identity.schemaVersion;
    }
}
