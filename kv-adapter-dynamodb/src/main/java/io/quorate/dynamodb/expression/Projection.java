package io.quorate.dynamodb.expression;

import io.quorate.dynamodb.model.AttributeValue;
import io.quorate.dynamodb.model.Item;
import io.quorate.dynamodb.model.ItemTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The parts of items that were asked for, as a tree of the paths' steps. List elements keep their
 * order and lose their gaps. Immutable once made.
 */
public final class Projection {
    private final Node root = new Node();
    private final List<String> attributes = new ArrayList<>();

    private Projection() {}

    /** Checks the paths of a projection expression against the scope and each other. */
    public static Projection check(List<DocumentPath> paths, ExpressionScope scope) {
        List<DocumentPath> resolved = paths.stream()
                .map(path -> scope.path(ExpressionKind.PROJECTION, path)).toList();
        PathRules.checkDistinct(ExpressionKind.PROJECTION, resolved);
        return of(resolved);
    }

    /** A projection onto resolved paths. */
    public static Projection of(List<DocumentPath> resolved) {
        Projection projection = new Projection();
        for (DocumentPath path : resolved) {
            projection.add(path);
        }
        return projection;
    }

    /** A projection onto whole attributes. */
    public static Projection ofAttributes(List<String> names) {
        return of(names.stream().map(DocumentPath::of).toList());
    }

    /** The attributes it looks at. */
    public List<String> attributes() {
        return List.copyOf(attributes);
    }

    private void add(DocumentPath path) {
        if (!attributes.contains(path.root())) {
            attributes.add(path.root());
        }
        Node node = root;
        for (DocumentPath.Step step : path.steps()) {
            node = switch (step) {
                case DocumentPath.Name(String name) ->
                    node.names.computeIfAbsent(name, any -> new Node());
                case DocumentPath.Index(int position) ->
                    node.positions.computeIfAbsent(position, any -> new Node());
            };
        }
    }

    /** The parts of an item. */
    public Item of(Item item) {
        Map<String, AttributeValue> selected = new LinkedHashMap<>();
        root.names.forEach((name, node) -> {
            AttributeValue value = node.select(ItemTree.attribute(item, name).orElse(null));
            if (value != null) {
                selected.put(name, value);
            }
        });
        return ItemTree.item(selected);
    }

    /** What is wanted below one step; nothing more means everything. */
    private static final class Node {
        private final Map<String, Node> names = new LinkedHashMap<>();
        private final Map<Integer, Node> positions = new TreeMap<>();

        @Nullable
        AttributeValue select(@Nullable AttributeValue value) {
            if (value == null || (names.isEmpty() && positions.isEmpty())) {
                return value;
            }
            return names.isEmpty() ? selectPositions(value) : selectNames(value);
        }

        private @Nullable AttributeValue selectNames(AttributeValue value) {
            if (!(value instanceof AttributeValue.Entries map)) {
                return null;
            }
            Map<String, AttributeValue> selected = new LinkedHashMap<>();
            names.forEach((name, node) -> {
                AttributeValue entry = node.select(map.entries().get(name));
                if (entry != null) {
                    selected.put(name, entry);
                }
            });
            return selected.isEmpty() ? null : new AttributeValue.Entries(selected);
        }

        private @Nullable AttributeValue selectPositions(AttributeValue value) {
            if (!(value instanceof AttributeValue.Elements list)) {
                return null;
            }
            List<AttributeValue> selected = new ArrayList<>();
            positions.forEach((position, node) -> {
                AttributeValue element = position < list.elements().size()
                        ? node.select(list.elements().get(position))
                        : null;
                if (element != null) {
                    selected.add(element);
                }
            });
            return selected.isEmpty() ? null : new AttributeValue.Elements(selected);
        }
    }
}
