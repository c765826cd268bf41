package io.quorate.dynamodb.http;

import io.quorate.dynamodb.error.DynamoDbException;
import io.quorate.dynamodb.expression.Bindings;
import io.quorate.dynamodb.model.AttributeType;
import io.quorate.dynamodb.model.AttributeValue;
import io.quorate.dynamodb.model.Item;
import io.quorate.dynamodb.model.ItemTree;
import io.quorate.dynamodb.model.ItemWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Placeholders for the names and values of legacy parameters, which are served as the expressions
 * they mean. One use each.
 */
final class LegacyValues {
    private static final int EXPECTED_BYTES = 256;

    private final ItemWriter writer = new ItemWriter(EXPECTED_BYTES);
    private final Map<String, String> names = new LinkedHashMap<>();
    private int count;
    private @Nullable String problem;
    private @Nullable Item item;
    private @Nullable Map<String, AttributeValue> values;

    /** A placeholder of a name. */
    String name(String attribute) {
        String placeholder = "#n" + names.size();
        names.put(placeholder, attribute);
        return placeholder;
    }

    /** Reads a member that is a value and returns its placeholder. */
    String member(JsonInput in) {
        AttributeValueDecoder decoder = new AttributeValueDecoder(in, writer);
        String placeholder = ":v" + count++;
        decoder.single(placeholder);
        remember(decoder.problem());
        return placeholder;
    }

    /** Reads the element of an array just moved to and returns its placeholder. */
    String element(JsonInput in) {
        AttributeValueDecoder decoder = new AttributeValueDecoder(in, writer);
        String placeholder = ":v" + count++;
        decoder.current(placeholder);
        remember(decoder.problem());
        return placeholder;
    }

    /** A placeholder of an empty list; before the values are asked for. */
    String emptyList() {
        String placeholder = ":v" + count++;
        writer.attribute(placeholder);
        writer.end(writer.begin(AttributeType.L));
        return placeholder;
    }

    private void remember(@Nullable String found) {
        if (problem == null) {
            problem = found;
        }
    }

    /** Refuses the request if one of its values is none. */
    void check() {
        if (problem != null) {
            throw DynamoDbException.validation(problem);
        }
    }

    /** The value of a placeholder; only after the whole request was read. */
    AttributeValue value(String placeholder) {
        AttributeValue found = all().get(placeholder);
        if (found == null) {
            throw new IllegalStateException("no value " + placeholder);
        }
        return found;
    }

    private Map<String, AttributeValue> all() {
        if (values == null) {
            values = ItemTree.attributes(item());
        }
        return values;
    }

    /** All values; only after the whole request was read. */
    Item item() {
        if (item == null) {
            item = writer.toItem();
        }
        return item;
    }

    Map<String, String> names() {
        return names;
    }

    Bindings bindings() {
        return new Bindings(names, all());
    }
}
