package io.quorate.dynamodb.operation;

import io.quorate.dynamodb.error.DynamoDbException;
import io.quorate.dynamodb.expression.Bindings;
import io.quorate.dynamodb.expression.Condition;
import io.quorate.dynamodb.expression.KeyCondition;
import io.quorate.dynamodb.expression.Operand;
import io.quorate.dynamodb.model.AttributeDefinition;
import io.quorate.dynamodb.model.AttributeValue;
import io.quorate.dynamodb.model.Item;
import io.quorate.dynamodb.model.ItemTree;
import io.quorate.dynamodb.model.KeySchema;
import io.quorate.dynamodb.model.ScalarType;
import io.quorate.dynamodb.partiql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a WHERE clause demands of keys, taken out of it: every part that all of it depends on, that is,
 * of what AND joins at the top. One use each.
 */
final class WhereKeys {
    private final Bindings bindings;
    private final List<Condition> parts = new ArrayList<>();

    WhereKeys(Statement.Where where) {
        this.bindings = where.bindings();
        if (where.condition() != null) {
            split(where.condition());
        }
    }

    private void split(Condition condition) {
        if (condition instanceof Condition.And and) {
            split(and.left());
            split(and.right());
        } else {
            parts.add(condition);
        }
    }

    /** The key of the one item that a change or a read of one item is about. */
    Item wholeKey(KeySchema schema) {
        Map<String, AttributeValue> key = new LinkedHashMap<>();
        for (String name : schema.names()) {
            key.put(name, equal(name).orElseThrow(() -> DynamoDbException.validation(
                    "Where clause does not contain a mandatory equality on all key attributes")));
        }
        return ItemTree.item(key);
    }

    /** What a Query needs, taken out; empty if a partition key is not given. */
    Optional<KeyCondition> query(List<AttributeDefinition> partition,
            List<AttributeDefinition> sort) {
        List<Condition> before = List.copyOf(parts);
        Map<String, KeyCondition.Predicate> predicates = new LinkedHashMap<>();
        for (AttributeDefinition key : partition) {
            Optional<AttributeValue> value = equal(key.name());
            if (value.isEmpty()) {
                parts.clear();
                parts.addAll(before);
                return Optional.empty();
            }
            predicates.put(key.name(),
                    new KeyCondition.Compare(Condition.Comparator.EQ, value.get()));
        }
        for (AttributeDefinition key : sort) {
            Optional<KeyCondition.Predicate> predicate = predicate(key);
            predicate.ifPresent(found -> predicates.put(key.name(), found));
            boolean equal = predicate.isPresent()
                    && predicate.get() instanceof KeyCondition.Compare compare
                    && compare.comparator() == Condition.Comparator.EQ;
            if (!equal) {
                break;
            }
        }
        return Optional.of(new KeyCondition(predicates));
    }

    /** What is left of the clause; null if nothing. */
    @Nullable
    Condition rest() {
        return parts.stream().reduce(Condition.And::new).orElse(null);
    }

    private Optional<AttributeValue> equal(String attribute) {
        for (Condition part : parts) {
            if (part instanceof Condition.Comparison comparison
                    && comparison.comparator() == Condition.Comparator.EQ) {
                Optional<AttributeValue> value = isOf(comparison.left(), attribute)
                        ? value(comparison.right())
                        : isOf(comparison.right(), attribute)
                                ? value(comparison.left())
                                : Optional.empty();
                if (value.isPresent()) {
                    parts.remove(part);
                    return value;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<KeyCondition.Predicate> predicate(AttributeDefinition key) {
        Optional<AttributeValue> equal = equal(key.name());
        if (equal.isPresent()) {
            return Optional.of(new KeyCondition.Compare(Condition.Comparator.EQ, equal.get()));
        }
        for (Condition part : parts) {
            Optional<KeyCondition.Predicate> found = predicate(part, key);
            if (found.isPresent()) {
                parts.remove(part);
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<KeyCondition.Predicate> predicate(Condition part, AttributeDefinition key) {
        return switch (part) {
            case Condition.Comparison comparison when isOf(comparison.left(), key.name())
                    && comparison.comparator() != Condition.Comparator.NE ->
                value(comparison.right()).map(
                        value -> new KeyCondition.Compare(comparison.comparator(), value));
            case Condition.Between between when isOf(between.value(), key.name()) ->
                value(between.low()).flatMap(low -> value(between.high())
                        .map(high -> new KeyCondition.Within(low, high)));
            case Condition.Call call when call.function() == Condition.Function.BEGINS_WITH
                    && key.type() != ScalarType.N
                    && isOf(call.operands().getFirst(), key.name()) ->
                value(call.operands().get(1)).map(KeyCondition.BeginsWith::new);
            case Condition.Comparison other -> Optional.empty();
            case Condition.Between other -> Optional.empty();
            case Condition.Call other -> Optional.empty();
            case Condition.In other -> Optional.empty();
            case Condition.And other -> Optional.empty();
            case Condition.Or other -> Optional.empty();
            case Condition.Not other -> Optional.empty();
        };
    }

    private boolean isOf(Operand operand, String attribute) {
        return operand instanceof Operand.At at && at.path().steps().size() == 1
                && bindings.name(at.path().root()).equals(attribute);
    }

    private Optional<AttributeValue> value(Operand operand) {
        return operand instanceof Operand.Given given
                ? Optional.of(bindings.value(given.placeholder()))
                : Optional.empty();
    }
}
