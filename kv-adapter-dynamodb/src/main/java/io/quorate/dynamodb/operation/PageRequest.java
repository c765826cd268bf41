package io.quorate.dynamodb.operation;

import io.quorate.dynamodb.expression.Bindings;
import io.quorate.dynamodb.expression.Condition;
import io.quorate.dynamodb.expression.ConditionEvaluator;
import io.quorate.dynamodb.expression.ItemView;
import io.quorate.dynamodb.expression.Projection;
import io.quorate.dynamodb.model.Item;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What Query and Scan have in common.
 *
 * @param table the table's name
 * @param index the index's name, or null for the table itself
 * @param select what to answer of each item
 * @param projection the parts wanted, or null
 * @param filter what items must meet to be answered, or null
 * @param limits how many items to look at, and after which
 * @param consistent whether ConsistentRead is true; decides the capacity alone
 * @param capacity how much of the consumed capacity to answer
 */
public record PageRequest(String table, @Nullable String index, Select select,
        @Nullable Projection projection, @Nullable Filter filter, Limits limits,
        boolean consistent, ReturnConsumedCapacity capacity) {
    /** Select, by the protocol's names. */
    public enum Select {
        ALL_ATTRIBUTES, ALL_PROJECTED_ATTRIBUTES, SPECIFIC_ATTRIBUTES, COUNT, UNSAID
    }

    /**
     * A condition on items that were read.
     *
     * @param attributes the attributes it looks at
     */
    public record Filter(Condition condition, Bindings bindings, Set<String> attributes) {
        public Filter {
            attributes = Set.copyOf(attributes);
        }

        boolean accepts(Item item) {
            return ConditionEvaluator.holds(condition, ItemView.of(item), bindings);
        }
    }

    /**
     * Where to begin and when to stop.
     *
     * @param items most items to look at
     * @param start the key after which to begin, or null
     */
    public record Limits(int items, @Nullable Item start) {}

    /** The resource of policies it is about. */
    String resource() {
        return index == null ? table : table + "/index/" + index;
    }
}
