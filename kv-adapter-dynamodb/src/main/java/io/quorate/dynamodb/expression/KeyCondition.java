package io.quorate.dynamodb.expression;

import io.quorate.dynamodb.model.AttributeValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a Query demands of key attributes: one predicate for each.
 *
 * @param predicates by attribute, in the order written
 */
public record KeyCondition(Map<String, Predicate> predicates) {
    private static final ExpressionKind KIND = ExpressionKind.KEY_CONDITION;

    /** What is demanded of one attribute. */
    public sealed interface Predicate {}

    /** A comparison with a value; never "not equal". */
    public record Compare(Condition.Comparator comparator, AttributeValue value)
            implements
                Predicate {}

    /** Both bounds belong to it. */
    public record Within(AttributeValue low, AttributeValue high) implements Predicate {}

    /** A prefix of a text or byte string. */
    public record BeginsWith(AttributeValue prefix) implements Predicate {}

    /** Checks a condition, which must be one of keys. */
    public static KeyCondition check(Condition condition, ExpressionScope scope) {
        ConditionCheck.check(KIND, condition, scope);
        Map<String, Predicate> predicates = new LinkedHashMap<>();
        collect(condition, scope.bindings(), predicates);
        return new KeyCondition(predicates);
    }

    private static void collect(Condition condition, Bindings bindings,
            Map<String, Predicate> into) {
        switch (condition) {
            case Condition.And and -> {
                collect(and.left(), bindings, into);
                collect(and.right(), bindings, into);
            }
            case Condition.Or or -> throw badOperator("OR");
            case Condition.Not not -> throw badOperator("NOT");
            case Condition.In in -> throw badOperator("IN");
            case Condition.Comparison comparison -> comparison(comparison, bindings, into);
            case Condition.Between between -> add(into, attribute(between.value(), bindings),
                    new Within(value(between.low(), bindings), value(between.high(), bindings)));
            case Condition.Call call -> {
                if (call.function() != Condition.Function.BEGINS_WITH) {
                    throw badOperator(call.function().text());
                }
                add(into, attribute(call.operands().getFirst(), bindings),
                        new BeginsWith(value(call.operands().get(1), bindings)));
            }
        }
    }

    private static void comparison(Condition.Comparison comparison, Bindings bindings,
            Map<String, Predicate> into) {
        if (comparison.comparator() == Condition.Comparator.NE) {
            throw badOperator("<>");
        }
        boolean swapped = comparison.left() instanceof Operand.Given;
        Operand attribute = swapped ? comparison.right() : comparison.left();
        Operand value = swapped ? comparison.left() : comparison.right();
        Condition.Comparator comparator = swapped
                ? mirrored(comparison.comparator())
                : comparison.comparator();
        add(into, attribute(attribute, bindings), new Compare(comparator, value(value, bindings)));
    }

    private static Condition.Comparator mirrored(Condition.Comparator comparator) {
        return switch (comparator) {
            case EQ, NE -> comparator;
            case LT -> Condition.Comparator.GT;
            case LE -> Condition.Comparator.GE;
            case GT -> Condition.Comparator.LT;
            case GE -> Condition.Comparator.LE;
        };
    }

    private static void add(Map<String, Predicate> into, String attribute, Predicate predicate) {
        if (into.putIfAbsent(attribute, predicate) != null) {
            throw KIND.invalid("KeyConditionExpressions must only contain one condition per key");
        }
    }

    private static String attribute(Operand operand, Bindings bindings) {
        return switch (operand) {
            case Operand.At at -> {
                List<DocumentPath.Step> steps = at.path().steps();
                if (steps.size() > 1) {
                    throw KIND.invalid("KeyConditionExpressions cannot have conditions on nested"
                            + " attributes");
                }
                yield bindings.name(at.path().root());
            }
            case Operand.Given given ->
                throw KIND.invalid("No key attribute is used in one of the conditions");
            case Operand.SizeOf size -> throw badOperator("size");
        };
    }

    private static AttributeValue value(Operand operand, Bindings bindings) {
        return switch (operand) {
            case Operand.Given given -> bindings.value(given.placeholder());
            case Operand.At at -> throw KIND.invalid("Invalid condition in KeyConditionExpression:"
                    + " Multiple attribute names used in one condition");
            case Operand.SizeOf size -> throw badOperator("size");
        };
    }

    private static RuntimeException badOperator(String operator) {
        return KIND.invalid("Invalid operator used in KeyConditionExpression: " + operator);
    }
}
