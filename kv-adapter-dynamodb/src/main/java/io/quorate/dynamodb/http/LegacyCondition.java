package io.quorate.dynamodb.http;

import io.quorate.dynamodb.error.DynamoDbException;
import io.quorate.dynamodb.model.AttributeType;
import io.quorate.dynamodb.model.AttributeValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/**
 * One attribute's condition in a legacy parameter: of Expected, QueryFilter, ScanFilter or
 * KeyConditions. Source: developer guide, "Legacy conditional parameters".
 */
final class LegacyCondition {
    private static final String TYPE = "class com.amazonaws.dynamodb.v20120810.";

    private final String attribute;
    private @Nullable String operator;
    private @Nullable String value;
    private @Nullable List<String> list;
    private @Nullable Boolean exists;

    private LegacyCondition(String attribute) {
        this.attribute = attribute;
    }

    /** Reads a member; null if it is null. */
    static @Nullable LegacyCondition read(String attribute, String type, JsonInput in,
            LegacyValues values) {
        if (!in.beginObject(TYPE + type)) {
            return null;
        }
        LegacyCondition condition = new LegacyCondition(attribute);
        boolean expected = type.equals("ExpectedAttributeValue");
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            switch (name) {
                case "ComparisonOperator" -> condition.operator = in.string();
                case "AttributeValueList" -> condition.list = list(in, values);
                case "Value" -> condition.value = member(expected, name, in, values);
                case "Exists" -> condition.exists = expected ? in.bool() : refused(name, in);
                default -> refused(name, in);
            }
        }
        return condition;
    }

    private static @Nullable String member(boolean expected, String name, JsonInput in,
            LegacyValues values) {
        if (!expected) {
            refused(name, in);
            return null;
        }
        return values.member(in);
    }

    private static @Nullable Boolean refused(String name, JsonInput in) {
        if (in.skip()) {
            throw DynamoDbException.unsupported(name);
        }
        return null;
    }

    private static @Nullable List<String> list(JsonInput in, LegacyValues values) {
        if (!in.beginArray()) {
            return null;
        }
        List<String> list = new ArrayList<>();
        while (in.next() != JsonToken.END_ARRAY) {
            list.add(values.element(in));
        }
        return list;
    }

    String attribute() {
        return attribute;
    }

    @Nullable
    String operator() {
        return operator;
    }

    /** The placeholders it compares with. */
    List<String> operands() {
        if (list != null) {
            return list;
        }
        return value == null ? List.of() : List.of(value);
    }

    void checkConstraints(Constraints constraints, String path, boolean required) {
        if (required) {
            constraints.notNull(path + ".comparisonOperator", operator);
        }
        constraints.oneOf(path + ".comparisonOperator", operator, "IN", "NULL", "BETWEEN", "LT",
                "NOT_CONTAINS", "EQ", "GT", "NOT_NULL", "NE", "LE", "BEGINS_WITH", "GE",
                "CONTAINS");
    }

    /** Checks how the members fit each other. */
    void check(LegacyValues values) {
        if (list != null && value != null) {
            throw together("Value and AttributeValueList cannot be used together");
        }
        if (operator != null) {
            checkOperator(operator, values);
            return;
        }
        if (list != null) {
            throw together("AttributeValueList can only be used with a ComparisonOperator");
        }
        boolean absent = Boolean.FALSE.equals(exists);
        if (!absent && value == null) {
            throw together("Value must be provided when Exists is "
                    + (exists == null ? "null" : "true"));
        }
        if (absent && value != null) {
            throw together("Value cannot be used when Exists is false");
        }
    }

    private DynamoDbException together(String text) {
        return DynamoDbException.invalidParameter(text + " for Attribute: " + attribute);
    }

    private void checkOperator(String name, LegacyValues values) {
        if (exists != null) {
            throw together("Exists and ComparisonOperator cannot be used together");
        }
        boolean unary = name.equals("NULL") || name.equals("NOT_NULL");
        if (!unary && list == null && value == null) {
            throw together("Value or AttributeValueList must be used with ComparisonOperator: "
                    + name);
        }
        int count = operands().size();
        boolean fits = switch (name) {
            case "NULL", "NOT_NULL" -> count == 0;
            case "BETWEEN" -> count == 2;
            case "IN" -> count >= 1;
            default -> count == 1;
        };
        if (!fits) {
            throw DynamoDbException.invalidParameter(
                    "Invalid number of argument(s) for the " + name + " ComparisonOperator");
        }
        for (String operand : operands()) {
            checkType(name, values.value(operand).type());
        }
        if (name.equals("BETWEEN")) {
            checkBounds(values);
        }
    }

    private static void checkType(String name, AttributeType type) {
        boolean scalar = type == AttributeType.S || type == AttributeType.N
                || type == AttributeType.B;
        boolean allowed = switch (name) {
            case "LT", "LE", "GT", "GE", "BETWEEN", "IN" -> scalar;
            case "BEGINS_WITH" -> type == AttributeType.S || type == AttributeType.B;
            case "CONTAINS", "NOT_CONTAINS" ->
                scalar || type == AttributeType.BOOL || type == AttributeType.NULL;
            default -> true;
        };
        if (!allowed) {
            throw DynamoDbException.invalidParameter("ComparisonOperator " + name
                    + " is not valid for " + type + " AttributeValue type");
        }
    }

    private void checkBounds(LegacyValues values) {
        if (values.value(operands().get(0)) instanceof AttributeValue.Scalar low
                && values.value(operands().get(1)) instanceof AttributeValue.Scalar high) {
            if (low.type() != high.type()) {
                throw DynamoDbException.invalidParameter(
                        "AttributeValues inside AttributeValueList must be of same type");
            }
            if (low.encoded().compareTo(high.encoded()) > 0) {
                throw DynamoDbException.validation("The BETWEEN condition was provided a range"
                        + " where the lower bound is greater than the upper bound");
            }
        }
    }

    /** The condition as an expression. */
    String toExpression(LegacyValues values) {
        String name = values.name(attribute);
        if (operator == null) {
            return value == null
                    ? "attribute_not_exists(" + name + ")"
                    : name + " = " + value;
        }
        return switch (operator) {
            case "NULL" -> "attribute_not_exists(" + name + ")";
            case "NOT_NULL" -> "attribute_exists(" + name + ")";
            case "EQ" -> name + " = " + operands().getFirst();
            case "NE" -> name + " <> " + operands().getFirst();
            case "LT" -> name + " < " + operands().getFirst();
            case "LE" -> name + " <= " + operands().getFirst();
            case "GT" -> name + " > " + operands().getFirst();
            case "GE" -> name + " >= " + operands().getFirst();
            case "BETWEEN" -> name + " BETWEEN " + operands().get(0) + " AND "
                    + operands().get(1);
            case "IN" -> name + " IN (" + String.join(", ", operands()) + ")";
            case "BEGINS_WITH" -> "begins_with(" + name + ", " + operands().getFirst() + ")";
            case "CONTAINS" -> "contains(" + name + ", " + operands().getFirst() + ")";
            case "NOT_CONTAINS" -> "(attribute_exists(" + name + ") AND NOT contains(" + name + ", "
                    + operands().getFirst() + "))";
            default -> throw new IllegalStateException("constraints let pass: " + operator);
        };
    }
}
