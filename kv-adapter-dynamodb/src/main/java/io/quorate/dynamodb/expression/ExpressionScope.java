package io.quorate.dynamodb.expression;

import io.quorate.dynamodb.error.DynamoDbException;
import io.quorate.dynamodb.model.AttributeValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The placeholders of one request while its expressions are checked: finds what they stand for,
 * refuses what is not defined or reserved, and at the end what no expression used. One use each.
 */
public final class ExpressionScope {
    private final Bindings bindings;
    private final Set<String> used = new HashSet<>();

    public ExpressionScope(Bindings bindings) {
        this.bindings = bindings;
    }

    /** What the placeholders stand for. */
    public Bindings bindings() {
        return bindings;
    }

    /** Checks a path's names and returns it with placeholders replaced. */
    DocumentPath path(ExpressionKind kind, DocumentPath path) {
        for (DocumentPath.Step step : path.steps()) {
            if (step instanceof DocumentPath.Name(String text)) {
                checkName(kind, text);
            }
        }
        return bindings.resolve(path);
    }

    private void checkName(ExpressionKind kind, String text) {
        if (text.charAt(0) == '#') {
            if (!bindings.names().containsKey(text)) {
                throw kind.invalid("An expression attribute name used in the document path is not"
                        + " defined; attribute name: " + text);
            }
            used.add(text);
        } else if (ReservedWords.contains(text)) {
            throw kind.invalid("Attribute name is a reserved keyword; reserved keyword: " + text);
        }
    }

    /** The value of a placeholder. */
    AttributeValue value(ExpressionKind kind, String placeholder) {
        AttributeValue value = bindings.values().get(placeholder);
        if (value == null) {
            throw kind.invalid("An expression attribute value used in expression is not defined;"
                    + " attribute value: " + placeholder);
        }
        used.add(placeholder);
        return value;
    }

    /** Refuses the request if it defines what no expression used. */
    public void finish() {
        refuseUnused("ExpressionAttributeNames", bindings.names().keySet());
        refuseUnused("ExpressionAttributeValues", bindings.values().keySet());
    }

    private void refuseUnused(String parameter, Set<String> defined) {
        List<String> unused = new ArrayList<>();
        for (String placeholder : defined) {
            if (!used.contains(placeholder)) {
                unused.add(placeholder);
            }
        }
        if (!unused.isEmpty()) {
            throw DynamoDbException.validation("Value provided in " + parameter
                    + " unused in expressions: keys: {" + String.join(", ", unused) + "}");
        }
    }
}
