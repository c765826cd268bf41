package io.quorate.dynamodb.repository;

import io.quorate.dynamodb.expression.Bindings;
import io.quorate.dynamodb.model.Item;
import io.quorate.dynamodb.model.ItemTree;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The expressions of a write as texts, which travel to the leader and were checked before.
 *
 * @param condition the condition, or null
 * @param update the update, or null
 * @param names names by placeholder
 * @param values values by placeholder, as the attributes of an item; null if there are none
 */
public record ItemExpressions(@Nullable String condition, @Nullable String update,
        Map<String, String> names, @Nullable Item values) {
    /** No expressions. */
    public static final ItemExpressions NONE = new ItemExpressions(null, null, Map.of(), null);

    public ItemExpressions {
        names = Map.copyOf(names);
    }

    /** What placeholders stand for. */
    public Bindings bindings() {
        return values == null && names.isEmpty()
                ? Bindings.NONE
                : new Bindings(names, values == null ? Map.of() : ItemTree.attributes(values));
    }
}
