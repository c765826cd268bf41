package io.quorate.dynamodb.expression;

import io.quorate.dynamodb.model.AttributeValue;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What placeholders stand for. Every placeholder of a tree that is evaluated with these was found
 * here by {@link ExpressionScope} before.
 *
 * @param names names by placeholder, with their #
 * @param values values by placeholder, with their colon
 */
public record Bindings(Map<String, String> names, Map<String, AttributeValue> values) {
    /** No placeholders. */
    public static final Bindings NONE = new Bindings(Map.of(), Map.of());

    /** The attribute or entry a name stands for. */
    public String name(String text) {
        if (text.charAt(0) != '#') {
            return text;
        }
        return present(names.get(text), text);
    }

    /** The value a placeholder stands for. */
    public AttributeValue value(String placeholder) {
        return present(values.get(placeholder), placeholder);
    }

    /** The path with its placeholders replaced. */
    public DocumentPath resolve(DocumentPath path) {
        return new DocumentPath(path.steps().stream().map(this::resolve).toList());
    }

    private DocumentPath.Step resolve(DocumentPath.Step step) {
        return switch (step) {
            case DocumentPath.Name name -> new DocumentPath.Name(name(name.text()));
            case DocumentPath.Index index -> index;
        };
    }

    private static <T> T present(@Nullable T found, String placeholder) {
        if (found == null) {
            throw new IllegalStateException("nothing is bound to " + placeholder);
        }
        return found;
    }
}
