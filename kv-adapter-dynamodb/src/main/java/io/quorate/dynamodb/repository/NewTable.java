package io.quorate.dynamodb.repository;

import io.quorate.dynamodb.model.AttributeDefinition;
import io.quorate.dynamodb.model.KeySchema;
import io.quorate.dynamodb.model.TableExtras;
import io.quorate.dynamodb.model.TableName;
import io.quorate.dynamodb.model.TableSettings;
import io.quorate.kv.RetryId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table to create.
 *
 * @param name its name
 * @param keys its primary key
 * @param attributes the attribute definitions in the order given
 * @param settings what its owner chose besides
 * @param extras its indexes and its policy
 * @param createdBy the request, so that its repetition is answered alike; null if it has no id
 */
public record NewTable(TableName name, KeySchema keys, List<AttributeDefinition> attributes,
        TableSettings settings, TableExtras extras, @Nullable RetryId createdBy) {
    public NewTable {
        attributes = List.copyOf(attributes);
    }
}
