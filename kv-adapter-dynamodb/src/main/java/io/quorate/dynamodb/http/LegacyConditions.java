package io.quorate.dynamodb.http;

import io.quorate.dynamodb.error.DynamoDbException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A legacy parameter that is a map of conditions by attribute. One use each. */
final class LegacyConditions {
    private final String parameter;
    private final String type;
    private final LegacyValues values;
    private @Nullable List<LegacyCondition> conditions;

    /**
     * @param parameter its name
     * @param type the type of its values, as DynamoDB names it
     * @param values where their placeholders are kept
     */
    LegacyConditions(String parameter, String type, LegacyValues values) {
        this.parameter = parameter;
        this.type = type;
        this.values = values;
    }

    void read(JsonInput in) {
        if (!in.beginObject("java.util.Map<java.lang.String, com.amazonaws.dynamodb.v20120810."
                + type + ">")) {
            return;
        }
        conditions = new ArrayList<>();
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            LegacyCondition condition = LegacyCondition.read(name, type, in, values);
            if (condition != null) {
                conditions.add(condition);
            }
        }
    }

    boolean isPresent() {
        return conditions != null;
    }

    List<LegacyCondition> conditions() {
        return conditions == null ? List.of() : conditions;
    }

    void checkConstraints(Constraints constraints) {
        String path = Character.toLowerCase(parameter.charAt(0)) + parameter.substring(1);
        for (LegacyCondition condition : conditions()) {
            condition.checkConstraints(constraints, path + "." + condition.attribute() + ".member",
                    type.equals("Condition"));
        }
    }

    void check() {
        conditions().forEach(condition -> condition.check(values));
    }

    /** Checks ConditionalOperator, which joins the conditions. */
    void checkOperator(@Nullable String operator) {
        if (operator == null) {
            return;
        }
        if (conditions == null) {
            throw DynamoDbException
                    .validation("ConditionalOperator cannot be used without Filter or Expected");
        }
        if (conditions.size() < 2) {
            throw DynamoDbException.validation("ConditionalOperator can only be used when Filter or"
                    + " Expected has two or more elements");
        }
    }

    /** All conditions as one expression, or null if there are none. */
    @Nullable
    String toExpression(@Nullable String operator) {
        return conditions().isEmpty()
                ? null
                : conditions().stream().map(condition -> condition.toExpression(values))
                        .collect(Collectors.joining("OR".equals(operator) ? " OR " : " AND "));
    }
}
