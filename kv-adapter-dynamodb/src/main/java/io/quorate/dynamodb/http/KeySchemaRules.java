package io.quorate.dynamodb.http;

import io.quorate.dynamodb.error.DynamoDbException;
import io.quorate.dynamodb.http.CreateTableInput.Pair;
import io.quorate.dynamodb.model.AttributeDefinition;
import io.quorate.dynamodb.model.KeySchema;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** How a key schema must fit the attribute definitions. One use each. */
final class KeySchemaRules {
    private final List<Pair> keys;
    private final List<AttributeDefinition> attributes;
    private final List<String> keyNames;
    private final List<String> defined;

    KeySchemaRules(List<Pair> keys, List<AttributeDefinition> attributes) {
        this.keys = keys;
        this.attributes = attributes;
        this.keyNames = keys.stream().map(key -> Objects.requireNonNull(key.first())).toList();
        this.defined = attributes.stream().map(AttributeDefinition::name).toList();
    }

    /** @param indexed whether there are indexes, which may use further definitions */
    KeySchema check(boolean indexed) {
        checkDefinitions();
        checkOrder();
        if (!indexed && keys.size() != attributes.size()) {
            throw DynamoDbException.invalidParameter("Number of attributes in KeySchema does not"
                    + " exactly match number of attributes defined in AttributeDefinitions");
        }
        return new KeySchema(definition(0), keys.size() == 1 ? null : definition(1));
    }

    private void checkDefinitions() {
        if (keys.size() > attributes.size()) {
            throw DynamoDbException.validation(
                    "Invalid KeySchema: Some index key attribute have no definition");
        }
        if (!defined.containsAll(keyNames)) {
            throw DynamoDbException.invalidParameter("Some index key attributes are not defined in"
                    + " AttributeDefinitions. Keys: " + keyNames + ", AttributeDefinitions: "
                    + defined);
        }
        Set<String> names = new HashSet<>(defined);
        if (names.size() != defined.size()) {
            throw DynamoDbException
                    .invalidParameter("Duplicate AttributeName in AttributeDefinitions");
        }
    }

    private void checkOrder() {
        if (keys.size() == 2 && keyNames.get(0).equals(keyNames.get(1))) {
            throw DynamoDbException.validation("Both the Hash Key and the Range Key element in the"
                    + " KeySchema have the same name");
        }
        if (!"HASH".equals(keys.getFirst().second())) {
            throw DynamoDbException.validation(
                    "Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
        }
        if (keys.size() == 2 && !"RANGE".equals(keys.get(1).second())) {
            throw DynamoDbException.validation(
                    "Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
        }
    }

    private AttributeDefinition definition(int position) {
        return attributes.get(defined.indexOf(keyNames.get(position)));
    }
}
