package io.quorate.dynamodb.http;

import io.quorate.dynamodb.error.DynamoDbException;
import io.quorate.dynamodb.expression.ConditionCheck;
import io.quorate.dynamodb.expression.ExpressionKind;
import io.quorate.dynamodb.expression.ExpressionScope;
import io.quorate.dynamodb.expression.Expressions;
import io.quorate.dynamodb.expression.UpdateCheck;
import io.quorate.dynamodb.model.AttributeType;
import io.quorate.dynamodb.repository.ItemExpressions;
import io.quorate.dynamodb.repository.ItemWrite;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The legacy parameters of writes: Expected, ConditionalOperator and, for UpdateItem,
 * AttributeUpdates. They are served as the expressions they mean. One use each.
 */
final class LegacyWrite {
    private static final String UPDATE_TYPE = "class com.amazonaws.dynamodb.v20120810"
            + ".AttributeValueUpdate";

    private final LegacyValues values = new LegacyValues();
    private final LegacyConditions expected = new LegacyConditions("Expected",
            "ExpectedAttributeValue", values);
    private @Nullable String operator;
    private @Nullable Map<String, Update> updates;

    /** Reads a member if it is one of these parameters. */
    boolean read(String member, JsonInput in, ItemWrite.Action action) {
        switch (member) {
            case "Expected" -> expected.read(in);
            case "ConditionalOperator" -> operator = in.string();
            case "AttributeUpdates" -> {
                if (action != ItemWrite.Action.UPDATE) {
                    return false;
                }
                readUpdates(in);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void readUpdates(JsonInput in) {
        if (!in.beginObject("java.util.Map<java.lang.String,"
                + " com.amazonaws.dynamodb.v20120810.AttributeValueUpdate>")) {
            return;
        }
        updates = new LinkedHashMap<>();
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            if (in.beginObject(UPDATE_TYPE)) {
                updates.put(name, update(in));
            }
        }
    }

    private Update update(JsonInput in) {
        String action = null;
        String value = null;
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            switch (name) {
                case "Action" -> action = in.string();
                case "Value" -> value = values.member(in);
                default -> {
                    if (in.skip()) {
                        throw DynamoDbException.unsupported("AttributeUpdates." + name);
                    }
                }
            }
        }
        // An element may be added to a list that is not there yet.
        return new Update(action, value, "ADD".equals(action) ? values.emptyList() : "");
    }

    /** The names of the parameters that are there, in the order messages name them. */
    List<String> present() {
        List<String> present = new ArrayList<>();
        if (updates != null) {
            present.add("AttributeUpdates");
        }
        if (expected.isPresent()) {
            present.add("Expected");
        }
        if (operator != null) {
            present.add("ConditionalOperator");
        }
        return present;
    }

    void checkConstraints(Constraints constraints) {
        constraints.oneOf("conditionalOperator", operator, "OR", "AND");
        expected.checkConstraints(constraints);
        if (updates != null) {
            updates.forEach((name, update) -> constraints.oneOf(
                    "attributeUpdates." + name + ".member.action", update.action(), "ADD", "PUT",
                    "DELETE"));
        }
    }

    /** What is checked before the item. */
    void check() {
        values.check();
    }

    /** What is checked after the item. */
    void checkValues() {
        if (updates != null) {
            updates.values().forEach(this::checkUpdate);
        }
        expected.check();
        expected.checkOperator(operator);
    }

    private void checkUpdate(Update update) {
        String value = update.value();
        if (value == null) {
            if (!update.isAction("DELETE")) {
                throw DynamoDbException.invalidParameter(
                        "Only DELETE action is allowed when no attribute value is specified");
            }
            return;
        }
        AttributeType type = values.value(value).type();
        boolean set = type == AttributeType.SS || type == AttributeType.NS
                || type == AttributeType.BS;
        if (update.isAction("DELETE") && !set) {
            throw DynamoDbException.invalidParameter(
                    "DELETE action with value is not supported for the type " + type);
        }
        if (update.isAction("ADD") && !set && type != AttributeType.N && type != AttributeType.L) {
            throw DynamoDbException
                    .invalidParameter("ADD action is not supported for the type " + type);
        }
    }

    /** The expressions they mean. */
    ItemExpressionRules.Checked checked(Expressions parser) {
        String condition = expected.toExpression(operator);
        String update = updates == null || updates.isEmpty() ? null : updateExpression(updates);
        if (condition == null && update == null) {
            return new ItemExpressionRules.Checked(ItemExpressions.NONE, List.of());
        }
        ExpressionScope scope = new ExpressionScope(values.bindings());
        if (condition != null) {
            ConditionCheck.check(ExpressionKind.CONDITION,
                    parser.condition(ExpressionKind.CONDITION, condition), scope);
        }
        if (update != null) {
            UpdateCheck.check(parser.update(update), scope);
        }
        return new ItemExpressionRules.Checked(
                new ItemExpressions(condition, update, values.names(), values.item()),
                updates == null ? List.of() : List.copyOf(updates.keySet()));
    }

    private String updateExpression(Map<String, Update> from) {
        List<String> set = new ArrayList<>();
        List<String> remove = new ArrayList<>();
        List<String> add = new ArrayList<>();
        List<String> delete = new ArrayList<>();
        from.forEach((attribute, update) -> {
            String name = values.name(attribute);
            String value = update.value();
            if (value == null) {
                remove.add(name);
            } else if (update.isAction("DELETE")) {
                delete.add(name + " " + value);
            } else if (!update.isAction("ADD")) {
                set.add(name + " = " + value);
            } else if (values.value(value).type() == AttributeType.L) {
                set.add(name + " = list_append(if_not_exists(" + name + ", " + update.empty()
                        + "), "
                        + value + ")");
            } else {
                add.add(name + " " + value);
            }
        });
        List<String> sections = new ArrayList<>();
        section(sections, "SET ", set);
        section(sections, "REMOVE ", remove);
        section(sections, "ADD ", add);
        section(sections, "DELETE ", delete);
        return String.join(" ", sections);
    }

    private static void section(List<String> sections, String word, List<String> actions) {
        if (!actions.isEmpty()) {
            sections.add(word + String.join(", ", actions));
        }
    }

    /** One attribute's update. */
    private record Update(@Nullable String action, @Nullable String value, String empty) {
        boolean isAction(String name) {
            return name.equals(action);
        }
    }
}
