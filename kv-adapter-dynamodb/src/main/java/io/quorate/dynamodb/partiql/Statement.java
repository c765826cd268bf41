package io.quorate.dynamodb.partiql;

import io.quorate.dynamodb.expression.Bindings;
import io.quorate.dynamodb.expression.Condition;
import io.quorate.dynamodb.expression.DocumentPath;
import io.quorate.dynamodb.expression.UpdateExpression;
import io.quorate.dynamodb.model.Item;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One statement, its parameters put in. */
public sealed interface Statement {
    /** The table's name or ARN, as written. */
    String table();

    /** What policies call the action. */
    String action();

    /** Whether it changes nothing. */
    default boolean isRead() {
        return this instanceof Select;
    }

    /**
     * Which items are meant.
     *
     * @param condition what they must meet, or null
     * @param bindings what the placeholders in it, and in the rest of the statement, stand for
     */
    record Where(@Nullable Condition condition, Bindings bindings) {}

    /**
     * SELECT.
     *
     * @param table from which table
     * @param index from which index of it, or null
     * @param paths the parts wanted, with placeholders; none for all
     * @param where which items
     * @param order attributes to sort by
     */
    record Select(String table, @Nullable String index, List<DocumentPath> paths, Where where,
            List<Order> order) implements Statement {
        public Select {
            paths = List.copyOf(paths);
            order = List.copyOf(order);
        }

        @Override
        public String action() {
            return "PartiQLSelect";
        }
    }

    /** An attribute to sort by. */
    record Order(String attribute, boolean descending) {}

    /** INSERT: fails if there is such an item. */
    record Insert(String table, Item item) implements Statement {
        @Override
        public String action() {
            return "PartiQLInsert";
        }
    }

    /** UPDATE of one item, which must be there. */
    record Update(String table, UpdateExpression update, Where where, Returning returning)
            implements
                Statement {
        @Override
        public String action() {
            return "PartiQLUpdate";
        }
    }

    /** DELETE of one item. */
    record Delete(String table, Where where, Returning returning) implements Statement {
        @Override
        public String action() {
            return "PartiQLDelete";
        }
    }

    /** EXISTS, a check within a transaction. */
    record Exists(String table, Where where) implements Statement {
        @Override
        public String action() {
            return "PartiQLSelect";
        }
    }

    /** What a change answers. */
    enum Returning {
        NOTHING, ALL_OLD, MODIFIED_OLD, ALL_NEW, MODIFIED_NEW
    }
}
