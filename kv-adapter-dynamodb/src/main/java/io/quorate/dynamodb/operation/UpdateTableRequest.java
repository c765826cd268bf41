package io.quorate.dynamodb.operation;

import io.quorate.dynamodb.model.AttributeDefinition;
import io.quorate.dynamodb.model.SecondaryIndex;
import io.quorate.dynamodb.model.StreamView;
import io.quorate.dynamodb.model.TableSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Changes of a table.
 *
 * @param table its name
 * @param attributes definitions of attributes that new indexes use
 * @param billing the new billing mode, or null
 * @param throughput what is provisioned, or null
 * @param options class, protection and stream
 * @param indexes changes of global indexes
 */
public record UpdateTableRequest(String table, List<AttributeDefinition> attributes,
        TableSettings.@Nullable Billing billing, TableSettings.@Nullable Throughput throughput,
        Options options, List<IndexChange> indexes) implements TableRequest {
    public UpdateTableRequest {
        attributes = List.copyOf(attributes);
        indexes = List.copyOf(indexes);
    }

    /** What else can be changed; null is left as it is. */
    public record Options(TableSettings.@Nullable TableClass tableClass,
            @Nullable Boolean deletionProtection, @Nullable StreamChange stream) {}

    /** A stream is switched on, or, without a view, off. */
    public record StreamChange(@Nullable StreamView view) {}

    /** A change of one global index. */
    public sealed interface IndexChange {
        /** The index's name. */
        String name();
    }

    /** A new index; its number is given later. */
    public record Create(SecondaryIndex index) implements IndexChange {
        @Override
        public String name() {
            return index.name();
        }
    }

    /** Other throughput. */
    public record Provision(String name, TableSettings.Throughput throughput)
            implements
                IndexChange {}

    /** An index to remove. */
    public record Remove(String name) implements IndexChange {}
}
