package io.quorate.dynamodb.expression;

import io.quorate.dynamodb.model.AttributeType;
import io.quorate.dynamodb.model.AttributeValue;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges a condition by everything that is known without an item: its placeholders, reserved words,
 * the types of given values. One use each.
 */
public final class ConditionCheck {
    private static final Set<AttributeType> ORDERED = EnumSet.of(AttributeType.S, AttributeType.N,
            AttributeType.B);
    private static final Set<AttributeType> TEXTUAL = EnumSet.of(AttributeType.S,
            AttributeType.B);
    private static final Set<AttributeType> SIZED = EnumSet.complementOf(
            EnumSet.of(AttributeType.N, AttributeType.BOOL, AttributeType.NULL));
    private static final Set<AttributeType> TEXT = EnumSet.of(AttributeType.S);

    private final ExpressionKind kind;
    private final ExpressionScope scope;
    private final Set<String> roots = new HashSet<>();

    private ConditionCheck(ExpressionKind kind, ExpressionScope scope) {
        this.kind = kind;
        this.scope = scope;
    }

    /** Checks the condition and returns the attributes it looks at. */
    public static Set<String> check(ExpressionKind kind, Condition condition,
            ExpressionScope scope) {
        ConditionCheck check = new ConditionCheck(kind, scope);
        check.visit(condition);
        return check.roots;
    }

    private void visit(Condition condition) {
        switch (condition) {
            case Condition.And and -> {
                visit(and.left());
                visit(and.right());
            }
            case Condition.Or or -> {
                visit(or.left());
                visit(or.right());
            }
            case Condition.Not not -> visit(not.inner());
            case Condition.Comparison comparison -> comparison(comparison);
            case Condition.Between between -> between(between);
            case Condition.In in -> in(in);
            case Condition.Call call -> call(call);
        }
    }

    private void comparison(Condition.Comparison comparison) {
        String symbol = comparison.comparator().symbol();
        AttributeValue left = operand(comparison.left());
        AttributeValue right = operand(comparison.right());
        if (comparison.comparator().isOrder()) {
            allow(symbol, left, ORDERED);
            allow(symbol, right, ORDERED);
        }
        distinct(symbol, comparison.left(), List.of(comparison.right()));
    }

    private void between(Condition.Between between) {
        AttributeValue value = operand(between.value());
        AttributeValue low = operand(between.low());
        AttributeValue high = operand(between.high());
        allow("BETWEEN", value, ORDERED);
        allow("BETWEEN", low, ORDERED);
        allow("BETWEEN", high, ORDERED);
        if (low instanceof AttributeValue.Scalar from && high instanceof AttributeValue.Scalar to) {
            checkBounds(from, to);
        }
        distinct("BETWEEN", between.value(), List.of(between.low(), between.high()));
    }

    private void checkBounds(AttributeValue.Scalar low, AttributeValue.Scalar high) {
        String bounds = "; lower bound operand: " + TypeNames.quoted(low)
                + ", upper bound operand: " + TypeNames.quoted(high);
        if (low.type() != high.type()) {
            throw kind.invalid("The BETWEEN operator requires same data type for lower and upper"
                    + " bounds" + bounds);
        }
        if (low.encoded().compareTo(high.encoded()) > 0) {
            throw kind.invalid("The BETWEEN operator requires upper bound to be greater than or"
                    + " equal to lower bound" + bounds);
        }
    }

    private void in(Condition.In in) {
        operand(in.value());
        in.options().forEach(this::operand);
        distinct("IN", in.value(), in.options());
    }

    private void call(Condition.Call call) {
        String name = call.function().text();
        List<Operand> operands = call.operands();
        @Nullable
        AttributeValue first = operand(operands.getFirst());
        @Nullable
        AttributeValue second = operands.size() > 1 ? operand(operands.get(1)) : null;
        switch (call.function()) {
            case ATTRIBUTE_EXISTS, ATTRIBUTE_NOT_EXISTS -> requirePath(name, operands.getFirst());
            case ATTRIBUTE_TYPE -> {
                requirePath(name, operands.getFirst());
                allow(name, second, TEXT);
                checkTypeName(second);
            }
            case BEGINS_WITH -> {
                allow(name, first, TEXTUAL);
                allow(name, second, TEXTUAL);
            }
            case CONTAINS -> allow(name, first, SIZED);
        }
        distinct(name, operands.getFirst(), operands.subList(1, operands.size()));
    }

    private void requirePath(String name, Operand operand) {
        if (!(operand instanceof Operand.At)) {
            throw kind.invalid("Operator or function requires a document path; operator or"
                    + " function: " + name);
        }
    }

    private void checkTypeName(@Nullable AttributeValue value) {
        if (value instanceof AttributeValue.Scalar scalar
                && Values.typeNamed(scalar.encoded().toText()).isEmpty()) {
            throw kind.invalid("Invalid attribute type name found; type: "
                    + scalar.encoded().toText()
                    + ", valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}");
        }
    }

    /** Checks an operand and returns its value if it is known. */
    private @Nullable AttributeValue operand(Operand operand) {
        return switch (operand) {
            case Operand.At at -> {
                roots.add(scope.path(kind, at.path()).root());
                yield null;
            }
            case Operand.Given given -> scope.value(kind, given.placeholder());
            case Operand.SizeOf size -> {
                allow("size", operand(size.of()), SIZED);
                yield null;
            }
        };
    }

    private void allow(String name, @Nullable AttributeValue value, Set<AttributeType> allowed) {
        if (value != null && !allowed.contains(value.type())) {
            throw kind.invalid("Incorrect operand type for operator or function; operator or"
                    + " function: " + name + ", operand type: " + value.type());
        }
    }

    private void distinct(String name, Operand first, List<Operand> others) {
        if (first instanceof Operand.At at) {
            DocumentPath path = scope.bindings().resolve(at.path());
            for (Operand other : others) {
                if (other instanceof Operand.At second
                        && scope.bindings().resolve(second.path()).equals(path)) {
                    throw kind.invalid("The first operand must be distinct from the remaining"
                            + " operands for this operator or function; operator: " + name
                            + ", first operand: " + path.display());
                }
            }
        }
    }
}
