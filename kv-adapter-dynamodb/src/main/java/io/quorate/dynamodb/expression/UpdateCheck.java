package io.quorate.dynamodb.expression;

import io.quorate.dynamodb.model.AttributeType;
import io.quorate.dynamodb.model.AttributeValue;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges an update expression by everything that is known without an item: its placeholders, paths
 * that touch each other, the types of given values. Pure functions.
 */
public final class UpdateCheck {
    private static final ExpressionKind KIND = ExpressionKind.UPDATE;
    private static final Set<AttributeType> ADDABLE = EnumSet.of(AttributeType.N, AttributeType.SS,
            AttributeType.NS, AttributeType.BS);
    private static final Set<AttributeType> SETS = EnumSet.of(AttributeType.SS, AttributeType.NS,
            AttributeType.BS);

    private UpdateCheck() {}

    /** Checks the expression and returns the paths it changes, with placeholders replaced. */
    public static List<DocumentPath> check(UpdateExpression update, ExpressionScope scope) {
        List<DocumentPath> paths = new ArrayList<>();
        for (UpdateAction action : update.actions()) {
            paths.add(scope.path(KIND, action.path()));
            switch (action) {
                case UpdateAction.Assign assign -> visit(assign.value(), scope);
                case UpdateAction.Remove remove -> {
                }
                case UpdateAction.Add add -> allow("ADD",
                        scope.value(KIND, add.placeholder()), ADDABLE);
                case UpdateAction.Subtract subtract -> allow("DELETE",
                        scope.value(KIND, subtract.placeholder()), SETS);
            }
        }
        PathRules.checkDistinct(KIND, paths);
        return paths;
    }

    /** Checks an operand of SET and returns its value if it is known. */
    private static @Nullable AttributeValue visit(SetValue value, ExpressionScope scope) {
        return switch (value) {
            case SetValue.At at -> {
                scope.path(KIND, at.path());
                yield null;
            }
            case SetValue.Given given -> scope.value(KIND, given.placeholder());
            case SetValue.Plus plus -> arithmetic("+", plus.left(), plus.right(), scope);
            case SetValue.Minus minus -> arithmetic("-", minus.left(), minus.right(), scope);
            case SetValue.IfNotExists choice -> {
                scope.path(KIND, choice.path());
                visit(choice.otherwise(), scope);
                yield null;
            }
            case SetValue.ListAppend append -> {
                requireType("list_append", visit(append.left(), scope), AttributeType.L);
                requireType("list_append", visit(append.right(), scope), AttributeType.L);
                yield null;
            }
        };
    }

    private static @Nullable AttributeValue arithmetic(String operator, SetValue left,
            SetValue right, ExpressionScope scope) {
        requireType(operator, visit(left, scope), AttributeType.N);
        requireType(operator, visit(right, scope), AttributeType.N);
        return null;
    }

    private static void requireType(String operator, @Nullable AttributeValue value,
            AttributeType type) {
        if (value != null && value.type() != type) {
            throw KIND.invalid("Incorrect operand type for operator or function; operator or"
                    + " function: " + operator + ", operand type: " + value.type());
        }
    }

    private static void allow(String operator, AttributeValue value, Set<AttributeType> allowed) {
        if (!allowed.contains(value.type())) {
            // DynamoDB names the type set of ADD for both.
            throw KIND.invalid("Incorrect operand type for operator or function; operator: "
                    + operator + ", operand type: " + TypeNames.longName(value.type())
                    + ", typeSet: ALLOWED_FOR_ADD_OPERAND");
        }
    }
}
