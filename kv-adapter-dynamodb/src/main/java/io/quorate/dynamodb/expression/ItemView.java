package io.quorate.dynamodb.expression;

import io.quorate.dynamodb.model.AttributeValue;
import io.quorate.dynamodb.model.Item;
import io.quorate.dynamodb.model.ItemTree;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An item as evaluation sees it: attributes by name, taken apart when they are asked for. */
@FunctionalInterface
public interface ItemView {
    /** An attribute's value, or null. */
    @Nullable
    AttributeValue attribute(String name);

    /** A stored item; null is an item without attributes. */
    static ItemView of(@Nullable Item item) {
        return item == null ? name -> null : name -> ItemTree.attribute(item, name).orElse(null);
    }

    /** An item taken apart. */
    static ItemView of(Map<String, AttributeValue> attributes) {
        return attributes::get;
    }

    /** What is at a path, or null. */
    default @Nullable AttributeValue at(DocumentPath path, Bindings bindings) {
        AttributeValue value = attribute(bindings.name(path.root()));
        for (int i = 1; i < path.steps().size() && value != null; i++) {
            value = child(value, path.steps().get(i), bindings);
        }
        return value;
    }

    private static @Nullable AttributeValue child(AttributeValue parent, DocumentPath.Step step,
            Bindings bindings) {
        return switch (step) {
            case DocumentPath.Name name -> parent instanceof AttributeValue.Entries map
                    ? map.entries().get(bindings.name(name.text()))
                    : null;
            case DocumentPath.Index(int position) ->
                parent instanceof AttributeValue.Elements list && position < list.elements().size()
                        ? list.elements().get(position)
                        : null;
        };
    }
}
