package io.quorate.dynamodb.model;

import io.quorate.kv.RetryId;
import java.util.List;
import java.util.Optional;
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
 * @param extras indexes and what can be added later
 */
public record TableDefinition(TableName name, Identity identity, KeySchema keys,
        List<AttributeDefinition> attributes, TableSettings settings, TableExtras extras) {
    public TableDefinition {
        attributes = List.copyOf(attributes);
    }

    /** A table without extras. */
    public TableDefinition(TableName name, Identity identity, KeySchema keys,
            List<AttributeDefinition> attributes, TableSettings settings) {
        this(name, identity, keys, attributes, settings, TableExtras.NONE);
    }

    /** Its indexes. */
    public List<SecondaryIndex> indexes() {
        return extras.indexes();
    }

    /** The index of a name. */
    public Optional<SecondaryIndex> index(String indexName) {
        return indexes().stream().filter(index -> index.name().equals(indexName)).findFirst();
    }

    /** The same with other settings. */
    public TableDefinition with(TableSettings others) {
        return new TableDefinition(name, identity, keys, attributes, others, extras);
    }

    /** The same with other extras. */
    public TableDefinition with(TableExtras others) {
        return new TableDefinition(name, identity, keys, attributes, settings, others);
    }

    /** The same in the next version of its schema. */
    public TableDefinition nextVersion() {
        return new TableDefinition(name, new Identity(identity.number, identity.schemaVersion + 1,
                identity.id, identity.createdAtMillis, identity.createdBy), keys, attributes,
                settings, extras);
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
