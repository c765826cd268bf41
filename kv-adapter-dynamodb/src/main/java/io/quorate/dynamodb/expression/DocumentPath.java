package io.quorate.dynamodb.expression;

import java.util.List;

/**
 * Where a value is within an item, as written: an attribute's name, then names of map entries and
 * indexes of list elements. Names may be placeholders still.
 *
 * @param steps at least one, the first one a name
 */
public record DocumentPath(List<Step> steps) {
    public DocumentPath {
        steps = List.copyOf(steps);
    }

    /** One element of a path. */
    public sealed interface Step {}

    /** A name, or a placeholder that begins with #. */
    public record Name(String text) implements Step {}

    /** A position in a list, from 0. */
    public record Index(int position) implements Step {}

    /** The path of an attribute. */
    public static DocumentPath of(String attribute) {
        return new DocumentPath(List.of(new Name(attribute)));
    }

    /** The attribute it begins with; a resolved path's own name. */
    public String root() {
        if (steps.getFirst() instanceof Name name) {
            return name.text();
        }
        throw new IllegalStateException("a path begins with an index");
    }

    /** As DynamoDB quotes it in messages. */
    String display() {
        StringBuilder out = new StringBuilder("[");
        for (Step step : steps) {
            out.append(out.length() == 1 ? "" : ", ");
            switch (step) {
                case Name name -> out.append(name.text());
                case Index index -> out.append('[').append(index.position()).append(']');
            }
        }
        return out.append(']').toString();
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        for (Step step : steps) {
            switch (step) {
                case Name name -> out.append(out.isEmpty() ? "" : ".").append(name.text());
                case Index index -> out.append('[').append(index.position()).append(']');
            }
        }
        return out.toString();
    }
}
