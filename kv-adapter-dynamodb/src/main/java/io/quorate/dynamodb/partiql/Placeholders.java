package io.quorate.dynamodb.partiql;

import io.quorate.dynamodb.expression.Bindings;
import io.quorate.dynamodb.model.AttributeValue;
import java.util.LinkedHashMap;
import java.util.Map;

/** Gives every name and every value of a statement a placeholder. One use each. */
final class Placeholders {
    private final Map<String, String> placeholderByName = new LinkedHashMap<>();
    private final Map<String, AttributeValue> values = new LinkedHashMap<>();

    String name(String name) {
        return placeholderByName.computeIfAbsent(name,
                any -> "#n" + placeholderByName.size());
    }

    String value(AttributeValue value) {
        String placeholder = ":v" + values.size();
        values.put(placeholder, value);
        return placeholder;
    }

    Bindings bindings() {
        Map<String, String> names = new LinkedHashMap<>();
        placeholderByName.forEach((name, placeholder) -> names.put(placeholder, name));
        return new Bindings(names, values);
    }
}
