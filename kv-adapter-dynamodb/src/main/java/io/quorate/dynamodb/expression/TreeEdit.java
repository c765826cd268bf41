package io.quorate.dynamodb.expression;

import io.quorate.dynamodb.error.DynamoDbException;
import io.quorate.dynamodb.model.AttributeValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sets and removes what is at a resolved path. Pure functions on immutable values. */
final class TreeEdit {
    private static final String INVALID_PATH = "The document path provided in the update expression"
            + " is invalid for update";

    private TreeEdit() {}

    /** Sets the value at the path, or removes what is there if the value is null. */
    static void apply(Map<String, AttributeValue> attributes, DocumentPath path,
            @Nullable AttributeValue value) {
        put(attributes, path.root(), edited(attributes.get(path.root()), path.steps(), 1, value));
    }

    private static @Nullable AttributeValue edited(@Nullable AttributeValue parent,
            List<DocumentPath.Step> steps, int depth, @Nullable AttributeValue value) {
        if (depth == steps.size()) {
            return value;
        }
        return switch (steps.get(depth)) {
            case DocumentPath.Name(String name) -> {
                if (!(parent instanceof AttributeValue.Entries map)) {
                    throw DynamoDbException.validation(INVALID_PATH);
                }
                Map<String, AttributeValue> entries = new LinkedHashMap<>(map.entries());
                put(entries, name, edited(entries.get(name), steps, depth + 1, value));
                yield new AttributeValue.Entries(entries);
            }
            case DocumentPath.Index(int position) -> {
                if (!(parent instanceof AttributeValue.Elements list)) {
                    throw DynamoDbException.validation(INVALID_PATH);
                }
                List<AttributeValue> elements = new ArrayList<>(list.elements());
                boolean there = position < elements.size();
                put(elements, position, edited(there ? elements.get(position) : null, steps,
                        depth + 1, value));
                yield new AttributeValue.Elements(elements);
            }
        };
    }

    private static void put(Map<String, AttributeValue> entries, String name,
            @Nullable AttributeValue value) {
        if (value == null) {
            entries.remove(name);
        } else {
            entries.put(name, value);
        }
    }

    private static void put(List<AttributeValue> elements, int position,
            @Nullable AttributeValue value) {
        boolean there = position < elements.size();
        if (value == null && there) {
            elements.remove(position);
        } else if (value != null && there) {
            elements.set(position, value);
        } else if (value != null) {
            elements.add(value);
        }
    }
}
