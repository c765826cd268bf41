package io.quorate.dynamodb.expression;

import io.quorate.dynamodb.model.AttributeValue;
import io.quorate.dynamodb.model.Decimal;
import org.jspecify.annotations.Nullable;

/** Decides whether an item meets a condition that {@link ConditionCheck} has let pass. */
public final class ConditionEvaluator {
    private final ItemView item;
    private final Bindings bindings;

    private ConditionEvaluator(ItemView item, Bindings bindings) {
        this.item = item;
        this.bindings = bindings;
    }

    /** Whether the item meets the condition. */
    public static boolean holds(Condition condition, ItemView item, Bindings bindings) {
        return new ConditionEvaluator(item, bindings).holds(condition);
    }

    private boolean holds(Condition condition) {
        return switch (condition) {
            case Condition.And and -> holds(and.left()) && holds(and.right());
            case Condition.Or or -> holds(or.left()) || holds(or.right());
            case Condition.Not not -> !holds(not.inner());
            case Condition.Comparison comparison -> Values.compare(comparison.comparator(),
                    value(comparison.left()), value(comparison.right()));
            case Condition.Between between -> isBetween(between);
            case Condition.In in -> isIn(in);
            case Condition.Call call -> answer(call);
        };
    }

    private boolean isBetween(Condition.Between between) {
        AttributeValue value = value(between.value());
        return Values.compare(Condition.Comparator.GE, value, value(between.low()))
                && Values.compare(Condition.Comparator.LE, value, value(between.high()));
    }

    private boolean isIn(Condition.In in) {
        AttributeValue value = value(in.value());
        for (Operand option : in.options()) {
            if (Values.compare(Condition.Comparator.EQ, value, value(option))) {
                return true;
            }
        }
        return false;
    }

    private boolean answer(Condition.Call call) {
        AttributeValue first = value(call.operands().getFirst());
        return switch (call.function()) {
            case ATTRIBUTE_EXISTS -> first != null;
            case ATTRIBUTE_NOT_EXISTS -> first == null;
            case ATTRIBUTE_TYPE -> first != null
                    && value(call.operands().get(1)) instanceof AttributeValue.Scalar type
                    && first.type().name().equals(type.encoded().toText());
            case BEGINS_WITH -> Values.beginsWith(first, value(call.operands().get(1)));
            case CONTAINS -> Values.contains(first, value(call.operands().get(1)));
        };
    }

    private @Nullable AttributeValue value(Operand operand) {
        return switch (operand) {
            case Operand.At at -> item.at(at.path(), bindings);
            case Operand.Given given -> bindings.value(given.placeholder());
            case Operand.SizeOf size -> {
                var found = Values.size(value(size.of()));
                yield found.isPresent()
                        ? AttributeValue.number(Decimal.parse(String.valueOf(found.getAsInt())))
                        : null;
            }
        };
    }
}
