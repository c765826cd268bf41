package io.quorate.dynamodb.expression;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Parses expressions, each text once: the trees hold placeholders, so they serve every request with
 * the same text. At most {@value #MAX_CACHED} trees are kept; beyond that any other gives way. Texts
 * that are refused are not kept. Thread-safe.
 */
public final class Expressions {
    static final int MAX_CACHED = 4096;

    private final ConcurrentHashMap<Text, Object> trees = new ConcurrentHashMap<>();

    /** The tree of a condition, filter or key condition. */
    public Condition condition(ExpressionKind kind, String text) {
        return (Condition) tree(new Text(kind, text), () -> ConditionParser.parse(kind, text));
    }

    /** The tree of an update expression. */
    public UpdateExpression update(String text) {
        return (UpdateExpression) tree(new Text(ExpressionKind.UPDATE, text),
                () -> UpdateParser.parse(text));
    }

    /** The paths of a projection expression. */
    public List<DocumentPath> projection(String text) {
        return ((Paths) tree(new Text(ExpressionKind.PROJECTION, text),
                () -> new Paths(ProjectionParser.parse(text)))).paths();
    }

    private Object tree(Text text, Supplier<Object> parser) {
        Object known = trees.get(text);
        if (known != null) {
            return known;
        }
        Object parsed = parser.get();
        // The size is read without a lock, so it may be passed by as many as parse at once.
        if (trees.size() >= MAX_CACHED) {
            Iterator<Text> any = trees.keySet().iterator();
            if (any.hasNext()) {
                trees.remove(any.next());
            }
        }
        trees.put(text, parsed);
        return parsed;
    }

    int cached() {
        return trees.size();
    }

    private record Text(ExpressionKind kind, String text) {}

    private record Paths(List<DocumentPath> paths) {}
}
