package io.quorate.dynamodb.operation;

import io.quorate.dynamodb.model.AttributeDefinition;
import io.quorate.dynamodb.model.KeySchema;
import io.quorate.dynamodb.model.TableExtras;
import io.quorate.dynamodb.model.TableSettings;
import java.util.List;

/**
 * A table to create.
 *
 * @param table its name
 * @param keys its primary key
 * @param attributes the definitions of its key attributes, in the order given
 * @param settings what its owner chose besides
 * @param extras its indexes and its policy
 */
public record CreateTableRequest(String table, KeySchema keys, List<AttributeDefinition> attributes,
        TableSettings settings, TableExtras extras) implements TableRequest {
    public CreateTableRequest {
        attributes = List.copyOf(attributes);
    }
}
