package io.quorate.dynamodb.http;

import io.quorate.dynamodb.error.DynamoDbException;
import io.quorate.dynamodb.expression.Bindings;
import io.quorate.dynamodb.expression.ExpressionKind;
import io.quorate.dynamodb.expression.ExpressionScope;
import io.quorate.dynamodb.model.Item;
import io.quorate.dynamodb.model.ItemTree;
import io.quorate.dynamodb.model.ItemWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The expressions of a request and the parameters that belong to them. One use each. */
final class ExpressionInput {
    private static final String NAMES = "ExpressionAttributeNames";
    private static final String VALUES = "ExpressionAttributeValues";
    private static final String NAMES_TYPE = "java.util.Map<java.lang.String, java.lang.String>";

    private final List<ExpressionKind> kinds;
    private final boolean takesValues;
    private final Map<ExpressionKind, String> texts = new EnumMap<>(ExpressionKind.class);
    private @Nullable Map<String, String> names;
    private @Nullable Item values;
    private @Nullable String valuesProblem;

    /** @param kinds the expressions the action takes, in the order messages name them */
    ExpressionInput(ExpressionKind... kinds) {
        this.kinds = List.of(kinds);
        this.takesValues = kinds.length > 1 || kinds[0] != ExpressionKind.PROJECTION;
    }

    /** Reads a member if it is one of these parameters. */
    boolean read(String member, JsonInput in, int bodyLength) {
        for (ExpressionKind kind : kinds) {
            if (kind.parameter().equals(member)) {
                String text = in.string();
                if (text != null) {
                    texts.put(kind, text);
                }
                return true;
            }
        }
        if (member.equals(NAMES)) {
            names = names(in);
            return true;
        }
        if (takesValues && member.equals(VALUES)) {
            readValues(in, bodyLength);
            return true;
        }
        return false;
    }

    static @Nullable Map<String, String> names(JsonInput in) {
        if (!in.beginObject(NAMES_TYPE)) {
            return null;
        }
        Map<String, String> names = new LinkedHashMap<>();
        for (String key = in.nextName(); key != null; key = in.nextName()) {
            String name = in.string();
            names.put(key, name == null ? "" : name);
        }
        return names;
    }

    private void readValues(JsonInput in, int bodyLength) {
        ItemWriter writer = new ItemWriter(Math.min(bodyLength, 512));
        AttributeValueDecoder decoder = new AttributeValueDecoder(in, writer);
        if (decoder.attributes()) {
            values = writer.toItem();
            if (decoder.problem() != null) {
                valuesProblem = VALUES + " contains invalid value: " + decoder.problem()
                        + " for key " + decoder.problemAttribute();
            }
        }
    }

    boolean has(ExpressionKind kind) {
        return texts.containsKey(kind);
    }

    @Nullable
    String text(ExpressionKind kind) {
        return texts.get(kind);
    }

    @Nullable
    Item values() {
        return values;
    }

    Map<String, String> names() {
        return names == null ? Map.of() : names;
    }

    /** Checks everything but the expressions themselves, in DynamoDB's order. */
    void check(List<String> legacy) {
        if (!legacy.isEmpty() && !texts.isEmpty()) {
            throw DynamoDbException.validation("Can not use both expression and non-expression"
                    + " parameters in the same request: Non-expression parameters: {"
                    + String.join(", ", legacy) + "} Expression parameters: {"
                    + kinds.stream().filter(this::has).map(ExpressionKind::parameter)
                            .collect(Collectors.joining(", "))
                    + "}");
        }
        if (texts.isEmpty()) {
            checkWithoutExpressions();
        } else {
            checkNames();
            checkValues();
        }
    }

    private void checkWithoutExpressions() {
        if (names != null) {
            throw DynamoDbException.validation(
                    NAMES + " can only be specified when using expressions");
        }
        if (values != null) {
            List<String> missing = new ArrayList<>();
            for (ExpressionKind kind : kinds) {
                if (kind != ExpressionKind.PROJECTION) {
                    missing.add(kind.parameter());
                }
            }
            throw DynamoDbException.validation(VALUES
                    + " can only be specified when using expressions: "
                    + String.join(" and ", missing) + (missing.size() == 1 ? " is" : " are")
                    + " null");
        }
    }

    private void checkNames() {
        if (names == null) {
            return;
        }
        if (names.isEmpty()) {
            throw DynamoDbException.validation(NAMES + " must not be empty");
        }
        names.forEach((key, name) -> {
            checkKey(NAMES, '#', key);
            if (name.isEmpty()) {
                throw DynamoDbException.validation(
                        NAMES + " contains invalid value: Empty attribute name for key " + key);
            }
        });
    }

    private void checkValues() {
        if (values == null) {
            return;
        }
        if (values.reader().atEnd()) {
            throw DynamoDbException.validation(VALUES + " must not be empty");
        }
        if (valuesProblem != null) {
            throw DynamoDbException.validation(valuesProblem);
        }
        ItemTree.attributes(values).keySet().forEach(key -> checkKey(VALUES, ':', key));
    }

    private static void checkKey(String parameter, char prefix, String key) {
        boolean sound = key.length() > 1 && key.charAt(0) == prefix;
        for (int i = 1; i < key.length() && sound; i++) {
            char c = key.charAt(i);
            sound = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
                    || c == '_';
        }
        if (!sound) {
            throw DynamoDbException.validation(
                    parameter + " contains invalid key: Syntax error; key: \"" + key + "\"");
        }
    }

    /** The placeholders, for checking the expressions. */
    ExpressionScope scope() {
        return new ExpressionScope(new Bindings(names(),
                values == null ? Map.of() : ItemTree.attributes(values)));
    }
}
