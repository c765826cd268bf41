package io.quorate.dynamodb.operation;

import io.quorate.dynamodb.error.DynamoDbException;
import io.quorate.dynamodb.expression.Bindings;
import io.quorate.dynamodb.expression.Condition;
import io.quorate.dynamodb.expression.ConditionCheck;
import io.quorate.dynamodb.expression.DocumentPath;
import io.quorate.dynamodb.expression.ExpressionKind;
import io.quorate.dynamodb.expression.ExpressionScope;
import io.quorate.dynamodb.expression.UpdateCheck;
import io.quorate.dynamodb.expression.UpdateExpression;
import io.quorate.dynamodb.model.Item;
import io.quorate.dynamodb.model.ItemTree;
import io.quorate.dynamodb.model.TableDefinition;
import io.quorate.dynamodb.partiql.Statement;
import io.quorate.dynamodb.repository.ItemExpressions;
import io.quorate.dynamodb.repository.ItemWrite;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes writes of statements. Pure functions. */
final class StatementWrites {
    private static final String KEY = "#key";

    private StatementWrites() {}

    /**
     * A write that one statement means.
     *
     * @param action what it does
     * @param item the item to put, else the key
     * @param expressions condition and update
     * @param changed the attributes an update changes
     */
    record Write(ItemWrite.Action action, Item item, ItemExpressions expressions,
            List<String> changed) {
        ItemWrite on(TableDefinition table, ItemWrite.Returning returning) {
            return switch (action) {
                case PUT -> ItemWrites.put(table, item, expressions, returning);
                case UPDATE -> ItemWrites.update(table, item, expressions, changed, returning);
                case DELETE, CHECK -> ItemWrites.onKey(action, table, item, expressions,
                        returning);
                case REINDEX, EXPIRE -> throw new IllegalStateException("no statement does that");
            };
        }
    }

    static Write of(Statement statement, TableDefinition table) {
        return switch (statement) {
            case Statement.Insert insert -> insert(insert, table);
            case Statement.Update update -> update(update, table);
            case Statement.Delete delete -> onKey(ItemWrite.Action.DELETE, delete.where(), table);
            case Statement.Exists exists -> check(exists, table);
            case Statement.Select select ->
                throw new IllegalStateException("SELECT writes nothing");
        };
    }

    private static Write insert(Statement.Insert insert, TableDefinition table) {
        if (insert.item().sizeBytes() > Item.MAX_SIZE_BYTES) {
            throw DynamoDbException.validation("Item size has exceeded the maximum allowed size");
        }
        return new Write(ItemWrite.Action.PUT, insert.item(),
                new ItemExpressions("attribute_not_exists (" + KEY + ")", null,
                        Map.of(KEY, table.keys().partition().name()), null),
                List.of());
    }

    private static Write update(Statement.Update update, TableDefinition table) {
        WhereKeys keys = new WhereKeys(update.where());
        Item key = keys.wholeKey(table.keys());
        Bindings bindings = update.where().bindings();
        ExpressionScope scope = new ExpressionScope(bindings);
        List<String> changed = UpdateCheck.check(update.update(), scope).stream()
                .map(DocumentPath::root).toList();
        return new Write(ItemWrite.Action.UPDATE, key,
                expressions(mustExist(checked(keys.rest(), bindings)), update.update(), bindings,
                        table),
                changed);
    }

    private static Write onKey(ItemWrite.Action action, Statement.Where where,
            TableDefinition table) {
        WhereKeys keys = new WhereKeys(where);
        Item key = keys.wholeKey(table.keys());
        Condition rest = checked(keys.rest(), where.bindings());
        return new Write(action, key, expressions(rest == null ? null : rest.toString(), null,
                where.bindings(), table), List.of());
    }

    private static Write check(Statement.Exists exists, TableDefinition table) {
        WhereKeys keys = new WhereKeys(exists.where());
        Item key = keys.wholeKey(table.keys());
        Condition rest = checked(keys.rest(), exists.where().bindings());
        return new Write(ItemWrite.Action.CHECK, key, expressions(mustExist(rest), null,
                exists.where().bindings(), table), List.of());
    }

    private static String mustExist(@Nullable Condition rest) {
        String exists = "attribute_exists (" + KEY + ")";
        return rest == null ? exists : "(" + exists + ") AND (" + rest + ")";
    }

    private static @Nullable Condition checked(@Nullable Condition rest, Bindings bindings) {
        if (rest != null) {
            ConditionCheck.check(ExpressionKind.CONDITION, rest, new ExpressionScope(bindings));
        }
        return rest;
    }

    private static ItemExpressions expressions(@Nullable String condition,
            @Nullable UpdateExpression update, Bindings bindings, TableDefinition table) {
        if (condition == null && update == null) {
            return ItemExpressions.NONE;
        }
        Map<String, String> names = new LinkedHashMap<>(bindings.names());
        names.put(KEY, table.keys().partition().name());
        return new ItemExpressions(condition, update == null ? null : update.toString(), names,
                bindings.values().isEmpty() ? null : ItemTree.item(bindings.values()));
    }

    /** What a single change returns. */
    static ItemWrite.Values values(Statement statement) {
        Statement.Returning returning = switch (statement) {
            case Statement.Update update -> update.returning();
            case Statement.Delete delete -> deletable(delete.returning());
            case Statement.Insert other -> Statement.Returning.NOTHING;
            case Statement.Select other -> Statement.Returning.NOTHING;
            case Statement.Exists other -> Statement.Returning.NOTHING;
        };
        return switch (returning) {
            case NOTHING -> ItemWrite.Values.NONE;
            case ALL_OLD -> ItemWrite.Values.ALL_OLD;
            case MODIFIED_OLD -> ItemWrite.Values.UPDATED_OLD;
            case ALL_NEW -> ItemWrite.Values.ALL_NEW;
            case MODIFIED_NEW -> ItemWrite.Values.UPDATED_NEW;
        };
    }

    private static Statement.Returning deletable(Statement.Returning returning) {
        if (returning != Statement.Returning.NOTHING
                && returning != Statement.Returning.ALL_OLD) {
            throw DynamoDbException.validation("RETURNING of DELETE can only be ALL OLD *");
        }
        return returning;
    }
}
